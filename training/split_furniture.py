"""Invented furniture of newspaper pages for training: folio lines, boxes, tables, notices, advertisements, names.

Every function takes a `random.Random` and returns `(role, text)` pairs, roles as in `jmtools.pages.roles`.
"""

import random
from collections.abc import Callable

Row = tuple[str, str]

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳唐费薛雷贺倪汤罗郝安常乐于傅齐康伍余顾孟黄萧尹姚邵汪祁毛米戴谈宋庞熊纪舒屈项祝董梁杜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰春梅建国文辉力志永健世广海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子江星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承绍松善厚庆磊民友裕河哲晨雨桐嘉怡欣然若曦"
_PLACES = [
    "城东",
    "城西",
    "河口",
    "北山",
    "南湖",
    "临江",
    "青石",
    "白沙",
    "柳湾",
    "金桥",
    "高坪",
    "东渡",
    "石门",
    "云溪",
    "沙洲",
    "龙泉",
    "新塘",
    "梅岭",
    "双河",
    "永安",
]
_CITIES = ["青江", "临川", "白山", "沅州", "南渡", "海宁", "东陵", "平原", "安溪", "云州", "桂河", "江北"]
_PAPERS = ["日报", "晚报", "晨报", "商报", "都市报", "早报"]
_SECTIONS = [
    "要闻",
    "本地",
    "民生",
    "经济",
    "文体",
    "国际",
    "国内",
    "时政",
    "教育",
    "健康",
    "副刊",
    "社会",
    "理论",
    "广告",
    "视点",
    "综合",
    "县区",
    "财经",
    "法治",
    "生活",
]
_WEEK = "一二三四五六日"
_SLOGANS = [
    "厉行节约 反对浪费",
    "一粒粮食 一滴汗水",
    "文明出行 从我做起",
    "爱护花草 留住春天",
    "与邻为善 守望相助",
    "树立新风 移风易俗",
    "节水护水 人人有责",
    "垃圾分类 变废为宝",
    "孝敬父母 和睦兄弟",
    "少年有梦 国家有望",
    "诚实守信 利人利己",
    "遵守交规 平安回家",
    "光盘行动从今天开始",
    "让座是一种美德",
    "好家风代代传",
    "讲好普通话 写好规范字",
]
_LABELS = [
    "讲文明 树新风 公益广告",
    "公益广告",
    "“讲文明 树新风”公益广告",
    "图说我们的价值观 公益广告",
    "社会主义核心价值观 公益广告",
    "关爱未成年人 公益广告",
]
_BRANDS = ["宏达", "金源", "恒信", "永兴", "鑫盛", "华美", "福临", "康泰", "远大", "新世纪", "东方", "百年"]
_TRADES = ["家居", "电器", "楼盘", "眼镜", "酒楼", "建材", "汽车", "口腔", "驾校", "服饰", "茶庄", "旅行社"]
_OFFERS = [
    "全场五折起 仅限三天",
    "盛大开业 好礼相送",
    "品质生活 从这里开始",
    "南北通透 现房发售",
    "进店有礼 满千送百",
    "零首付 零利息",
    "新品上市 欢迎品鉴",
    "老店新开 诚邀惠顾",
    "招商加盟 火热进行",
    "名师授课 小班教学",
    "免费体检 预约从速",
    "特价机票 等您来订",
]


def person(rng: random.Random, *, spaced: bool = False) -> str:
    """Return an invented name; one of two characters may be set with a space."""
    given = "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2))))
    surname = rng.choice(_SURNAMES)
    return f"{surname}{rng.choice((' ', '  ', '　'))}{given}" if spaced and len(given) == 1 else surname + given


def paper(rng: random.Random) -> str:
    """Return the name of an invented paper."""
    return rng.choice(_CITIES) + rng.choice(_PAPERS)


def date_line(rng: random.Random) -> str:
    """Return a date as folio lines print it."""
    year, month, day = rng.randint(1998, 2026), rng.randint(1, 12), rng.randint(1, 28)
    week = "星期" + rng.choice(_WEEK)
    lunar = f"农历{rng.choice('甲乙丙丁戊己庚辛壬癸')}{rng.choice('子丑寅卯辰巳午未申酉戌亥')}年{rng.choice('正二三四五六七八九十')}月{rng.choice(('初三', '初八', '十五', '廿一', '廿九'))}"
    forms = (
        f"{year}年{month}月{day}日 {week}", f"{year}年{month}月{day}日", f"{week} {year}.{month}.{day}",
        f"{year}年{month}月{day}日 {week} {lunar}", f"{year}-{month:02}-{day:02} {week}", f"{year}年{month}月{day}日　{week}",
    )  # fmt: skip
    return rng.choice(forms)


def folio(rng: random.Random) -> list[Row]:
    """Return the folio of a page, in one line or several."""
    number = rng.choice(("A0", "B0", "T0", "0", "")) + str(rng.randint(1, 8))
    section = rng.choice(_SECTIONS)
    names = [person(rng, spaced=rng.random() < 0.2) for _ in range(3)]
    sign = rng.choice(("/", ":", "：", " "))
    staff = rng.choice((
        f"责编{sign}{names[0]} 美编{sign}{names[1]} 校对{sign}{names[2]}", f"本版责编{sign}{names[0]} {names[1]}",
        f"责任编辑{sign}{names[0]} 版式设计{sign}{names[1]}", f"编辑{sign}{names[0]} 版式{sign}{names[1]}", f"■责编 {names[0]} ■美编 {names[1]}",
        f"版式设计{sign}{names[0]}",
    ))  # fmt: skip
    page = rng.choice(
        (
            f"{number} {section}",
            f"{section} {number}",
            f"第{rng.choice('一二三四五六七八')}版",
            f"{number}版 {section}",
            f"{number}",
            f"{section}",
        )
    )
    parts = [paper(rng), page, date_line(rng), staff]
    chosen = rng.choice(((0, 2, 1), (1, 2, 3), (1, 2), (3,), (0, 1, 2, 3), (2, 1), (1, 0), (3,), (2, 0)))
    texts = [parts[i] for i in chosen]
    if rng.random() < 0.15:
        texts.insert(1, "LINJIANG RIBAO" if rng.random() < 0.5 else "CITY DAILY")
    if rng.random() < 0.15:
        texts.append(rng.choice((f"第{rng.randint(900, 19999)}期 今日{rng.randint(4, 24)}版", "国内统一连续出版物号 CN 00-0000 零售每份1.5元",
                                 f"社址:{rng.choice(_CITIES)}市人民路{rng.randint(1, 99)}号 邮编:000000", f"新闻热线:0{rng.randint(100, 999)}-{rng.randint(2000000, 8999999)}")))  # fmt: skip
    if rng.random() < 0.4:
        texts = [" ".join(texts)]
    return _rows("F", "f", texts)


def weather(rng: random.Random) -> list[Row]:
    """Return a weather box."""
    title = rng.choice(("今日天气", "天气预报", "气象预报", "城市天气", "本市天气", "天气", "气象信息"))
    if rng.random() < 0.2:
        texts = [rng.choice(("天气趋势", "本市天气", "城市天气预报"))]
        for when in ("白天", "夜间"):
            texts += [f"{when}{rng.choice(('晴', '多云', '阴', '小雪'))}", f"降水概率{rng.randint(0, 9)}0％"]
            texts += [f"风向{rng.choice('东南西北')}", f"风力{rng.choice('二三四')}、{rng.choice('三四五')}级"]
        return _rows("D", "d", [*texts, f"温度{rng.randint(1, 9)}℃／－{rng.randint(1, 9)}℃"])
    skies = ("多云", "晴", "阴有小雨", "晴转多云", "小雨转阴", "阵雨", "雾转晴", "中到大雨")
    texts = [title]
    for when in rng.sample(("今天白天", "今天夜间", "明天", "后天", "城区", "山区"), rng.randint(2, 4)):
        low = rng.randint(-5, 24)
        texts.append(
            f"{when}{rng.choice(('', '：', ' ', '到夜间 '))}{rng.choice(skies)} {rng.choice(('偏北', '东南', '西南', '东'))}风{rng.randint(2, 4)}级 {low}～{low + rng.randint(4, 12)}℃"
        )
    if rng.random() < 0.4:
        texts.append(
            rng.choice(
                ("空气质量 良", "市气象台今晨六时发布", "人体舒适度:较舒适 穿衣指数:夹衣", "紫外线 弱 洗车指数 较适宜")
            )
        )
    return _rows("D", "d", texts)


def index(rng: random.Random) -> list[Row]:
    """Return an index of the day's pages."""
    texts = [rng.choice(("今日导读", "导读", "今日看点", "内页导读", "要目"))] if rng.random() < 0.8 else []
    for number in rng.sample(range(2, 17), rng.randint(2, 5)):
        what = rng.choice(_PLACES) + rng.choice(
            ("大桥合龙", "夜市开张", "学校扩建", "老街改造", "公园开放", "地铁试跑", "茶叶丰收", "早稻开镰")
        )
        texts.append(
            rng.choice(
                (
                    f"{what} A{number:02}版",
                    f"A{number:02} {what}",
                    f"{what}……{number}版",
                    f"{what}（见第{number}版）",
                    f"{what} ············ {number}",
                )
            )
        )
    return _rows("D", "d", texts)


def table(rng: random.Random) -> list[Row]:
    """Return a table whose columns stand apart by spaces."""
    gap = rng.choice(("  ", "    ", "\t", " ", "　"))
    kinds = (
        (rng.choice(_CITIES) + rng.choice(("市场昨日菜价", "农产品批发价格", "主要粮油行情表")), ("品种", "单位", "今日价", "上周价"), ("白菜", "萝卜", "鸡蛋", "猪肉", "土豆", "西红柿", "黄瓜"), "公斤"),
        (rng.choice(("联赛积分榜", "足球联赛积分榜（前六名）", "甲组积分榜")), ("名次", "队名", "胜", "负", "积分"), ("城东队", "临江队", "北山队", "柳湾队", "石门队"), None),
        (rng.choice(("一周成交数据", "各区新房成交情况", "楼市成交一览")), ("区域", "套数", "面积", "均价"), ("城东区", "河口区", "南湖区", "新塘县"), None),
        (rng.choice(("外汇牌价", "昨日股市行情", "开奖公告")), ("名称", "买入", "卖出"), ("美元", "欧元", "英镑", "日元", "港币"), None),
    )  # fmt: skip
    title, columns, names, unit = rng.choice(kinds)
    texts = [title] if rng.random() < 0.9 else []
    texts.append(gap.join(columns))
    for name in rng.sample(names, rng.randint(3, len(names))):
        cells = (
            [name]
            + ([unit] if unit else [])
            + [str(round(rng.uniform(1, 99), rng.choice((0, 1, 2)))) for _ in columns[2 if unit else 1 :]]
        )
        texts.append(gap.join(cells))
    if rng.random() < 0.3:
        texts.append(rng.choice(("（数据来源：市商务局）", "制表：" + person(rng), "（截至昨日）")))
    return _rows("D", "d", texts)


def notice(rng: random.Random) -> list[Row]:
    """Return a notice: a title, sentences, a signature, a date."""
    kind = rng.choice(
        (
            "公告",
            "通告",
            "停电通知",
            "停水通知",
            "遗失声明",
            "招聘启事",
            "拍卖公告",
            "声明",
            "寻人启事",
            "启事",
            "讣告",
            "公示",
            "招标公告",
            "更正",
            "通知",
            "招领启事",
        )
    )
    title = rng.choice(
        (
            kind,
            kind,
            rng.choice(_CITIES)
            + "市"
            + rng.choice(("自来水公司", "公共资源交易中心", "供电局", "人民政府", "不动产登记中心"))
            + kind,
        )
    )
    place, who = rng.choice(_PLACES), person(rng)
    bodies = {
        "停": (f"因线路检修,{place}片区{rng.randint(1, 12)}月{rng.randint(1, 28)}日{rng.randint(6, 9)}时至{rng.randint(12, 18)}时暂停供应,请有关单位和居民提前做好准备。", f"停电范围:{place}路、{rng.choice(_PLACES)}街一带。", "咨询电话:95598。不便之处,敬请谅解。"),
        "遗": (f"{who}遗失身份证,号码尾数{rng.randint(1000, 9999)},声明作废。", f"{rng.choice(_CITIES)}市{place}商店遗失营业执照副本,声明作废。", f"{person(rng)}遗失出生医学证明一份,编号K{rng.randint(100000, 999999)},声明作废。"),
        "讣": (f"{rng.choice(_CITIES)}市原副市长{who}同志因病医治无效,于昨日逝世,享年{rng.randint(66, 98)}岁。", "遵照遗愿,丧事从简。谨此讣告。"),
        "招": (f"本单位因工作需要,面向社会招聘{rng.choice(('驾驶员', '会计', '教师', '护士'))}{rng.randint(2, 20)}名,要求身体健康,年龄四十岁以下。", f"报名时间:即日起至本月{rng.randint(20, 28)}日。", f"联系人:{who} 电话:{rng.randint(2000000, 8999999)}"),
        "": (f"根据工作需要,经研究决定,{place}大道自{rng.randint(1, 12)}月{rng.randint(1, 28)}日起封闭施工,过往车辆请绕行。", "一、施工期间请注意安全。", "二、违者依法处理。", "特此公告"),
    }  # fmt: skip
    body = list(
        bodies.get(title[-4:][0] if title[-4:][0] in bodies else kind[0] if kind[0] in bodies else "", bodies[""])
    )
    rows: list[Row] = [("T", title)] + [("P", text) for text in body[: rng.randint(1, len(body))]]
    if rng.random() < 0.7:
        rows.append(
            (
                "P",
                rng.choice(_CITIES)
                + "市"
                + rng.choice(("供电局", "自来水公司", "公安局交通警察支队", "人力资源服务中心", f"{place}街道办事处")),
            )
        )
    if rng.random() < 0.7:
        rows.append(
            (
                "P",
                rng.choice(
                    (
                        f"{rng.randint(1999, 2026)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
                        "二○○一年三月五日",
                        "二〇二四年四月十二日",
                    )
                ),
            )
        )
    return rows


def advertisement(rng: random.Random) -> list[Row]:
    """Return a commercial advertisement."""
    brand = rng.choice(_BRANDS) + rng.choice(_TRADES)
    texts = [brand + rng.choice(("", "城", "广场", "旗舰店", " 三十年老店")), *rng.sample(_OFFERS, rng.randint(1, 2))]
    if rng.random() < 0.5:
        texts.append(f"地址:{rng.choice(_PLACES)}路{rng.randint(1, 300)}号")
    if rng.random() < 0.7:
        texts.append(
            rng.choice(
                (
                    f"电话:{rng.randint(2000000, 8999999)}",
                    f"咨询热线 0{rng.randint(300, 999)}-{rng.randint(2000000, 8999999)}",
                    f"TEL:1{rng.randint(3000000000, 8999999999)}",
                )
            )
        )
    if rng.random() < 0.25:
        texts.insert(0, "广告")
    if rng.random() < 0.2:
        texts.append(
            rng.choice(("贷款有风险 借款须谨慎", "本广告仅供参考", "最终解释权归商家所有", "名额有限 先到先得"))
        )
    if rng.random() < 0.3:
        rng.shuffle(texts)
    return _rows("A", "a", texts)


def public_service(rng: random.Random) -> list[Row]:
    """Return a public-service advertisement, its label above, inside or below."""
    texts = rng.sample(_SLOGANS, rng.randint(1, 5))
    texts.insert(rng.choice((0, 0, 0, len(texts) // 2, len(texts))), rng.choice(_LABELS))
    city = rng.choice(_CITIES)
    if rng.random() < 0.75:
        texts.append(
            rng.choice(
                (
                    f"中共{city}市委宣传部 {city}日报社",
                    f"{city}市文明办 {city}晚报社 宣",
                    f"{city}市精神文明建设委员会办公室",
                    f"{city}日报社 宣",
                    f"{city}市城管局 制",
                )
            )
        )
    return _rows("A", "a", texts)


BOXES: tuple[tuple[Callable[[random.Random], list[Row]], float], ...] = (
    (weather, 0.15), (index, 0.12), (table, 0.15), (notice, 0.3),
)  # fmt: skip
"""What may stand between the articles of any page, with its share of pages."""

FURNITURE = (*BOXES, (advertisement, 0.25), (public_service, 0.2))
"""What may stand on a printed page."""


def _rows(first: str, further: str, texts: list[str]) -> list[Row]:
    return [(first if i == 0 else further, text) for i, text in enumerate(texts)]
