/** What dist/crm-chat.classic.js holds: the elements, and no name on the page. A plain `<script>` has no exports. */
import './index.js';
