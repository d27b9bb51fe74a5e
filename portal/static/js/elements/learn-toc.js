/** Where in the page is the reader? Marks the entry of the heading that was passed last. */

class LearnToc extends HTMLElement {
  connectedCallback() {
    this.links = [...this.querySelectorAll('a[href^="#"]')];
    this.headings = this.links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    this.watcher = new IntersectionObserver(() => this.#mark(), { rootMargin: "-20% 0px -70% 0px" });
    this.headings.forEach((heading) => heading && this.watcher.observe(heading));
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }

  #mark() {
    const line = window.innerHeight * 0.3;
    const passed = this.headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < line);
    this.links.forEach((link, index) => {
      if (index === passed) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}

customElements.define("learn-toc", LearnToc);
