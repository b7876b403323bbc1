import { play, type PhraseBank } from '../script.js';

export const en: PhraseBank = {
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  dialogues: play(`
c: Hello, I saw one of your kitchens at a friend's house. Do you also do small rooms?
a: Hello, and thank you for writing. Yes, small rooms are half of what we build.
a: Could you send a photo of the room and its rough size?
c[photo]: This is it today
c: It is about {size}, one window and one door
a: Thank you, that is a good shape. Would a straight run under the window be fine, or do you need an island?
c: Straight is fine. An island would be in the way

c: Do you have something ready to look at, or is everything made to order?
a: Everything is made to order, but three kitchens stand in the showroom, with all the fronts and stones to touch.
c: Good. Can I come by on {day}?
a: With pleasure. {time} would be free, about an hour?
c: {time} works
a: Booked for {day} at {time}. Parking is behind the building.

c: What would oak fronts cost more than the painted ones?
a: For a kitchen of your size about {n} hundred euros a metre more, because the veneer is matched across the doors.
c: And is oak hard to keep clean?
a: It is oiled. A damp cloth is enough, and once a year some oil, which we bring along.
c: That I can manage

a: Good morning, our fitter could measure on {day} at {time}. Does that suit you?
c: {day} is fine, but not before nine please
a: Then {time} it is. He needs about forty minutes and will ask where the water and power come in.
c: Do I have to empty the cupboards?
a: No, only the space under the sink.
c: Perfect, see you then

a: The measurements are in. We gain almost ten centimetres at the end, enough for a tall larder cupboard.
c: Oh nice, I didn't expect that
a[file floor-plan-rev2.pdf]: Here is the plan with the larder drawn in
c: Looks good. Could the oven sit a bit higher?
a: Yes, eye level is no problem. I'll move it and send you the new drawing.
c: Thank you!

a: The estimate is ready: {price} with fronts, worktop and fitting, without appliances.
a[file Quote {quote}.pdf]: Quote {quote}, valid for 30 days
c: Thanks. Let me talk it over at home
a: Of course. I'm here for questions.
c: One already: is taking out the old kitchen included?
a: Yes, taking out and disposal are both in the price.

c: We like the quote but it is a bit above what we planned
a: I understand. Two things would help: a laminate worktop instead of the stone, or drawers only in the main run.
c: How much would the laminate save?
a: About eight hundred, and you could change to stone later without touching the cupboards.
c: Then let's do that
a: Done, the new version is on its way to you.

c: Could you hold the date in December while we wait for the bank?
a: I can hold it until {day}. After that I have to give it to the next on the list.
c: {day} is enough, thank you
c: The bank has said yes!
a: Wonderful. I'll send the order confirmation this afternoon.

a: Here is the order confirmation. Please look at the handles once more before you sign.
a[file Order confirmation.pdf]: 
c: Handles are right, the short ones in black
c: Signed and sent back
a: Received. The deposit of {deposit} reserves the workshop, then it takes {weeks} weeks.
c: Transferred today
a: It arrived, thank you. You'll hear from us when the fronts are through the paint shop.

c: Is there any news on the delivery?
a: Yes, the fronts came out of the paint shop yesterday. Delivery is planned for {day}.
c: Morning or afternoon?
a: Between 8 and 10. The driver calls half an hour before.
c: I'll be at home

c[voice 18]: 
a: Thank you for the message. No, the lift is not a problem, the tallest part is 2.28 m and goes up the stairs.
c: Great, I was worried about that
a: Our two colleagues have carried kitchens to a seventh floor. They'll manage.
c: 😅 I'll have coffee ready for them

a: The fitters arrive on {day} at {time}. They need a free room and a socket that works.
c: The plumber finishes the day before, is that too tight?
a: It is fine if the wall is dry. Could you send me a photo when he is done?
c[photo]: Done, and dry
a: That looks good. See you on {day}.

c: One door touches the wall when it opens
a: That is easily put right, the hinge has a stop. Is it the one beside the fridge?
c: Yes exactly
a: We come by on {day} and set it. It takes ten minutes.
c: Thank you, no rush
a: Done today, and the drawer beside it runs better now too.

c: I got invoice {invoice} but the old address is on it
a: Sorry about that. I'll have it corrected today.
a[file Invoice {invoice}.pdf]: Here it is with the new address
c: Thanks, paid this morning by transfer
a: It has arrived. Thank you.

c: Which light do you recommend under the wall cupboards?
a: A strip with 3000 kelvin, let into the board so that you don't see it. It can be dimmed from the hood.
c: Is it in the quote?
a: It is an option there, {n}20 euros with the driver.
c: Please add it

c: The dishwasher we ordered is now 6 weeks late 🙄
a: We can fit everything and leave its place open; the front is mounted when it comes.
c: And that costs extra?
a: No, one visit afterwards is always included.
c: Good, then let's keep the date

a: How do you like the kitchen after the first weeks?
c: We love it. Everybody ends up in there now
c[photo]: Sunday breakfast
a: That is a lovely picture. May we show it in the showroom?
c: Sure, go ahead

c: Do you also make matching benches for the dining corner?
a: We do, from the same oak. With a lid to store things in or with drawers?
c: Drawers. The room there is {size}
a: Then I'd draw two benches over the corner. You'll have a sketch by {day}.
c: No hurry, after the holidays is fine

c: Is the warranty five years on the hinges too?
a: On everything we build, hinges and runners included. Appliances have the maker's two years.
c: One runner has started to squeak a little
a: Then we oil or change it. Would {day} at {time} suit you?
c: Yes, someone is at home all day
`),
  openers: [
    'Hello, a short question about the delivery date',
    'Is the showroom open on Saturday?',
    'Could you send me the drawing once more? I cannot find it',
    'We decided on the lighter oak after all',
    'What does the sample of the stone cost?',
    'Would it be possible to move our appointment by an hour?',
    'The handles look great, thank you!',
    'Do you have any news for us?',
    'Could somebody call me back this afternoon?',
    'We measured again, it is two centimetres less than we thought',
  ],
  answers: [
    'Thank you, that helps',
    'Perfect, that works for us',
    'Okay, I will talk it over at home and write again',
    'Great! And how long does it take?',
    'Thanks for the quick answer 👍',
    'Good to know. Could you put that in the quote please?',
    'That sounds right. See you then',
    'Hm, could we do it a little earlier?',
  ],
  bot: [
    'Thank you for your message. I have noted it and passed it on; a colleague answers during opening hours.',
    'Our showroom is open Monday to Friday from 9 to 18 and on Saturday from 10 to 16. Shall I book you a visit?',
    'I can tell you about opening hours, prices and appointments. What would you like to know?',
  ],
};
