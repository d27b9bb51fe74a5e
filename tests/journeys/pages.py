"""One address of every public page type, without its language."""

PUBLIC_PAGES = {
    "home": "/",
    "plain page": "/about/",
    "list of lessons": "/articles/",
    "lesson learned": "/articles/the-uniform/",
    "shelf of manuals": "/manuals/",
    "manual": "/manuals/protection-manual/",
    "section": "/manuals/protection-manual/identification/",
    "exhibitions": "/exhibitions/",
    "exhibition": "/exhibitions/from-closed-doors/",
    "room": "/exhibitions/from-closed-doors/the-doors-open/",
    "stop": "/exhibitions/from-closed-doors/the-doors-open/wire-and-flowers/",
    "catalogue": "/courses/",
    "course": "/courses/first-interview/",
    "module": "/courses/first-interview/before-the-first-question/",
    "lesson of a course": "/courses/first-interview/before-the-first-question/before-the-room/",
    "search": "/search/?q=interview",
    "empty search": "/search/?q=xyzzy",
    "sign-in": "/accounts/login/",
    "not found": "/no-such-page/",
}
