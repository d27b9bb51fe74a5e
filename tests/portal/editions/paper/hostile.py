"""What is the worst that a page of a manual could hold, in each of our languages? Made from a seed."""

import random

WORDS = {
    "en": "Everyone is entitled to all the rights and freedoms set forth in this Declaration, without distinction. ",
    "th": "ทุกคนย่อมมีสิทธิและอิสรภาพทั้งปวงตามที่กำหนดไว้ในปฏิญญานี้ โดยปราศจากการแบ่งแยกไม่ว่าชนิดใด ๆ ดังเช่น เชื้อชาติ ผิว เพศ ภาษา ",
    "lo": "ຄົນທຸກຄົນມີສິດ ແລະ ເສລີພາບທັງໝົດທີ່ກຳນົດໄວ້ໃນປະຕິຍານນີ້ ໂດຍບໍ່ມີການຈຳແນກແບບໃດໆ ເຊັ່ນ ເຊື້ອຊາດ ສີຜິວ ເພດ ພາສາ ",
    "my": "လူတိုင်းသည် ဤကြေညာစာတမ်းတွင် ဖော်ပြထားသည့် အခွင့်အရေးအားလုံး၊ လွတ်လပ်ခွင့်အားလုံးတို့ကို ပိုင်ဆိုင်ခံစားခွင့်ရှိသည်။ ",
    "km": "មនុស្សម្នាក់ៗអាចប្រើប្រាស់សិទ្ធិ និងសេរីភាពទាំងអស់ ដែលមានចែងក្នុងសេចក្តីប្រកាសនេះ ដោយគ្មានការប្រកាន់បែងចែកបែបណាមួយ ",
    "vi": "Mọi người đều được hưởng tất cả những quyền và tự do nêu trong Bản tuyên ngôn này, không phân biệt. ",
}  # fmt: skip
ENDLESS = {
    "en": "Donaudampfschifffahrtsgesellschaftskapitaen" * 4, "th": "กขคงจฉชซฌญ" * 30, "lo": "ກຂຄງຈສຊຍດຕ" * 30,
    "my": "ကခဂဃငစဆဇဈည" * 30, "km": "កខគឃងចឆជឈញ" * 30, "vi": "ngườingười" * 30,
}  # fmt: skip
ADDRESS = "https://example.org/" + "abcdefghij0123456789" * 15 + "?q=" + "x" * 200


def page(language: str, *, seed: int) -> str:
    """Words without an end, letters in no order, addresses, tables of 3, 12 and 30 columns, lists in lists."""
    chance = random.Random(seed)  # noqa: S311 - a seeded page, no secret
    words, endless = WORDS[language], ENDLESS[language]
    letters = words.replace(" ", "")
    jumble = "".join(chance.choice(letters) for _ in range(400))

    def cell() -> str:
        return chance.choice([
            words[: chance.randint(3, 60)], endless[: chance.randint(5, 200)], jumble[: chance.randint(5, 90)], ADDRESS,
            "1,234,567,890.00", "", f"<ul><li>{jumble[:40]}</li></ul>", f"<b>{endless[:50]}</b>",
        ])  # fmt: skip

    def table(columns: int, rows: int) -> str:
        head = "".join(f"<th>{words[: chance.randint(2, 30)]}</th>" for _ in range(columns))
        body = "".join("<tr>" + "".join(f"<td>{cell()}</td>" for _ in range(columns)) + "</tr>" for _ in range(rows))
        return f"<table><caption>{jumble}</caption><thead><tr>{head}</tr></thead>{body}</table>"

    return f"""
        <p>{jumble}</p><p>{endless}</p><p>{ADDRESS}</p>
        <p><a href="{ADDRESS}">a link</a> and <code>{endless}</code></p><p>{"<b>ab</b>cd" * 60}</p>
        <h2>{endless}</h2><h3>{jumble}</h3>{table(12, 4)}{table(3, 4)}{table(30, 2)}
        <section class="step"><h3 class="step__title">{jumble}</h3>
            <dl class="step__facts"><div><dt>{jumble}</dt><dd>{endless}</dd></div>
            <div><dt>When</dt><dd>{jumble}</dd></div><div><dt>{words}</dt><dd>{endless}</dd></div></dl>
            <p>{words}</p>{table(5, 3)}<p class="step__harm"><strong>{jumble}</strong> {endless}</p>
            <p class="step__evidence"><strong>{words}</strong><br>{ADDRESS}</p></section>
        {"<ul><li>" + jumble[:60]}{("<ul><li>" + jumble[:60]) * 11}{"</li></ul>" * 12}
        <dl class="facts"><div><dt>{jumble}</dt><dd>{endless}</dd></div></dl>
        <section class="checklist"><h3 class="checklist__title">{endless}</h3><ul>
            <li class="checklist__item">{jumble}</li><li class="checklist__item">{ADDRESS}</li></ul></section>
        <blockquote>{jumble}</blockquote><pre>{jumble}\n   {endless}</pre>
        <div class="notice notice--key"><p class="notice__kind">{jumble}</p><p>{endless}</p></div>"""
