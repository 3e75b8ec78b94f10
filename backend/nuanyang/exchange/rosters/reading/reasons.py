"""Every reason a roster may be refused or remarked upon, in Chinese and English; the keys are stable codes of the API."""

REASONS: dict[str, tuple[str, str]] = {
    # The file as a whole
    "not_a_roster": (
        "这不是 OneRoster 压缩包，也不是学籍表（.zip、.xlsx 或 .csv）。",
        "This is neither a OneRoster package nor a 学籍 sheet (.zip, .xlsx or .csv).",
    ),
    "empty_file": ("文件是空的。", "The file is empty."),
    "not_a_zip": ("这不是 zip 文件（可能只是改了扩展名）。", "This is not a zip file, whatever its name says."),
    "not_a_workbook": (
        "这不是真正的 .xlsx 文件（可能是改了扩展名的网页或文本），请用 Excel 打开后另存为 .xlsx。",
        "This is not an .xlsx file, whatever its name says (a web page or a text, perhaps); open it in Excel and save it as .xlsx.",
    ),
    "old_workbook": (
        "这是旧版 .xls 文件，请用 Excel 另存为 .xlsx 再上传。",
        "This is an old .xls file; save it as .xlsx and upload it again.",
    ),
    "sheet_in_archive": (
        "这不是 OneRoster 数据包；学籍表请直接上传，不要放在压缩包里。",
        "This is no OneRoster package; upload a 学籍 sheet as it is, not inside an archive.",
    ),
    "reader_failed": (
        "读取文件时程序出错，没有导入任何内容；请联系系统管理员查看日志。",
        "The program failed while it read the file; nothing was imported. Ask the administrator to look at the log.",
    ),
    "too_much_memory": ("读取这个文件需要的内存超过上限，已中止。", "Reading this file takes more memory than allowed; stopped."),
    "broken_archive": ("压缩包已损坏，无法读取：{detail}。", "The archive is damaged and cannot be read: {detail}."),
    "too_large": ("解压后超过 {limit}，已拒绝。", "Unpacked it exceeds {limit}; refused."),
    "too_many_members": ("压缩包内文件超过 {limit} 个。", "The archive has more than {limit} members."),
    "bomb": ("压缩比达 {ratio} 倍，疑似压缩炸弹，已拒绝。", "Compressed {ratio} times: looks like a bomb, refused."),
    "unsafe_name": (
        "压缩包内有不安全的路径（含 ../ 或绝对路径），已拒绝。",
        "The archive has an unsafe path (../ or absolute); refused.",
    ),
    "nested_archive": ("压缩包里还有压缩包，请只放 CSV 文件。", "There is an archive inside the archive; it may hold CSV files only."),
    "encrypted": ("文件加了密码，无法读取，请去掉密码后再上传。", "The file is encrypted; remove the password and upload it again."),
    "compression": (
        "使用了不支持的压缩方式，请用普通 zip（deflate）。",
        "The compression method is not supported; use plain zip (deflate).",
    ),
    "duplicate_member": ("压缩包里有两个同名文件。", "The archive holds two files of this name."),
    "not_at_root": ("文件必须放在压缩包最外层，不能放在文件夹里。", "Files must lie at the root of the package, not in a folder."),
    "unknown_file": ("不是 OneRoster 规定的文件，已忽略。", "This is not a file of OneRoster; it was ignored."),
    "wrong_case_file": ("文件名大小写不对，应为 {expected}。", "The file name is in the wrong case; it must be {expected}."),
    "not_taken": (
        "{rows} 行未导入：名册只取学年、学校、班级、人员、关系。",
        "{rows} rows are not taken: a roster brings years, schools, classes, people and relations.",
    ),
    # Manifest
    "oneroster_1_0": (
        "没有 manifest.csv，这是 OneRoster 1.0 的数据包，本系统读取 1.1 和 1.2，请让对方系统改用新版本导出。",
        "There is no manifest.csv: this is a OneRoster 1.0 package. Versions 1.1 and 1.2 are read; ask the sender to export one of them.",
    ),
    "unsupported_version": (
        "manifest.csv 写明版本为 {version}，本系统读取 1.1 和 1.2。",
        "The manifest says version {version}; 1.1 and 1.2 are read.",
    ),
    "missing_property": ("manifest.csv 缺少 {name} 一行。", "The manifest has no row {name}."),
    "unknown_property": ("manifest.csv 里有不认识的属性。", "The manifest has an unknown property."),
    "bad_property": (
        "manifest.csv 中 {name} 的值应为 {expected}。",
        "In the manifest the value of {name} must be {expected}.",
    ),
    "missing_file": (
        "manifest.csv 声明了 {name}，但数据包里没有。",
        "The manifest announces {name}, but the package does not hold it.",
    ),
    "undeclared_file": (
        "manifest.csv 说没有 {name}，但数据包里有。",
        "The manifest says {name} is absent, but the package holds it.",
    ),
    "needed_file": ("全量数据包必须包含 {name}（{because} 要用到它）。", "A bulk package must hold {name} ({because} refers to it)."),
    "mode_conflict": (
        "manifest.csv 说是 {declared}，数据却是 {found}；按数据处理。",
        "The manifest says {declared}, the data are {found}; the data win.",
    ),
    "same_as_before": (
        "与 {on} 导入的文件内容完全相同，没有需要更新的内容（如需逐行重新比对，请选“逐行比对”）。",
        "The same content as the file applied on {on}: nothing to update (choose “compare every row” to compare it anew).",
    ),
    "no_updates": ("数据包里只有 manifest.csv：没有更新。", "The package holds only its manifest: nothing to update."),
    # Text
    "not_utf8": (
        "不是 UTF-8 编码（可能是 GBK），请另存为“CSV UTF-8”。",
        "This is not UTF-8 (GBK perhaps); save it as CSV UTF-8.",
    ),
    "unreadable_encoding": (
        "认不出文件编码：按 UTF-8、UTF-16、GB18030 都找不到已知表头。",
        "The encoding is unknown: as UTF-8, UTF-16 and GB18030 no known header appears.",
    ),
    "bad_bytes": (
        "这一行有不属于 {encoding} 编码的字节，请用 Excel 重新另存为“CSV UTF-8”。",
        "This line has bytes that {encoding} does not have; save the file as CSV UTF-8 anew.",
    ),
    "control_character": ("含有不可见的控制字符。", "There is a control character."),
    "line_break": ("单元格里有换行，OneRoster 不允许。", "There is a line break inside a field, which OneRoster forbids."),
    "bad_quotes": ("引号不配对：{detail}。", "The quotes do not match: {detail}."),
    "cell_too_long": ("内容过长（超过 {limit} 个字符），已拒绝。", "The value is too long (more than {limit} characters); refused."),
    "wrong_cell_count": ("这一行有 {found} 列，表头有 {expected} 列。", "This row has {found} cells, the header has {expected}."),
    # Header
    "no_header": ("第一行不是表头。", "The first line is not a header."),
    "wrong_separator": (
        "列之间用的是“{found}”，OneRoster 要求英文逗号。",
        "The columns are separated by {found}; OneRoster wants commas.",
    ),
    "no_rows": ("只有表头，没有数据。", "There is a header but no data row."),
    "missing_column": ("缺少必需的列。", "A required column is missing."),
    "missing_optional_column": ("缺少一列（可以为空，但表头要有）。", "A column is missing; it may be empty, but the header must name it."),
    "unknown_column": ("不认识的列；扩展列必须以 metadata. 开头。", "The column is unknown; extension columns begin with metadata."),
    "duplicate_column": ("这一列出现了两次。", "The column appears twice."),
    "wrong_case_column": ("列名大小写不对，应为 {expected}。", "The column name is in the wrong case; it must be {expected}."),
    "wrong_column_order": ("列的顺序不对：这里应为 {expected}。", "The columns are in the wrong order: {expected} belongs here."),
    "extension_order": ("扩展列必须放在标准列右边。", "Extension columns must lie to the right of the defined ones."),
    # Values
    "required": ("必填，但为空。", "The value is required but empty."),
    "bad_guid": (
        "标识只能用字母、数字和 . - _ / @，不超过 255 个字符。",
        "An identifier consists of letters, digits and . - _ / @, at most 255 characters.",
    ),
    "bad_boolean": ("只能写 true 或 false（小写）。", "Only the tokens true and false are allowed (lower case)."),
    "bad_date": ("日期应为 YYYY-MM-DD，且真实存在。", "A date is YYYY-MM-DD, and must exist."),
    "bad_datetime": ("时间应为 2026-09-01T08:00:00.000Z 这样的 UTC 格式。", "A time is UTC like 2026-09-01T08:00:00.000Z."),
    "bad_token": ("不是允许的值；允许：{allowed}。", "This is not an allowed value; allowed: {allowed}."),
    "bad_number": ("应为数字。", "This must be a number."),
    "bad_year": (
        "学年应为结束年份（YYYY），如 2026-2027 学年写 2027。",
        "The school year is the year it ends in (YYYY): 2026-2027 is 2027.",
    ),
    "year_by_days": (
        "学年应写结束的年份；按起止日期，这个学年在 {ends_in} 年结束，按日期导入。",
        "The school year is the year it ends in; by its days that is {ends_in}, which is taken.",
    ),
    "bad_grade": ("年级应为 1–12（01、七年级、初一、高一等写法均可）。", "A grade is 1–12 (01, 七年级, 初一, 高一 are understood)."),
    "must_be_empty": ("全量数据里这一列必须为空。", "In bulk data this column must be empty."),
    "delta_required": ("增量数据里这一列必填。", "In delta data this column is required."),
    "end_before_start": ("结束日期早于开始日期 {start}。", "The end lies before the start, {start}."),
    # Relations between rows
    "duplicate_id": ("标识重复：第 {first} 行已经用过。", "The identifier is a duplicate: line {first} has it already."),
    "dangling_reference": ("引用的 {kind} 不存在。", "The {kind} referred to does not exist."),
    "no_role": ("这个人没有任何角色，未导入。", "This person has no role; not taken."),
    "not_alone": (
        "这个人既不在 users.csv 里，以前的名册也没有带来过，这一行未导入。",
        "This person is neither in users.csv nor known from an earlier file; the row is not taken.",
    ),
    "role_elsewhere": (
        "这个人是另一所学校的，只有角色转不过来：还要有 users.csv 行，学生也可以是新班级（enrollments.csv）。",
        "This person belongs to another school; a role alone does not bring anybody here: users.csv, or a student's new class, must say it.",
    ),
    "class_not_known": (
        "这个班级既不在文件里，也不是以前导入的行政班，这一行未导入。",
        "The class is neither in the file nor a homeroom class of an earlier one; the row is not taken.",
    ),
    "two_primary_roles": ("同一个人在同一所学校只能有一个主要角色。", "A person may have one primary role in a school."),
    "two_homerooms": (
        "这名学生同时在两个行政班，采用 {taken}。",
        "The student is in two homeroom classes at once; {taken} is taken.",
    ),
    "no_school": ("这个班级不属于任何学校，未导入。", "The class belongs to no school; not taken."),
    "no_grade": ("班级没有可识别的年级（1–12），未导入。", "The class has no known grade (1–12); not taken."),
    "no_school_year": ("班级所在的学期找不到学年，未导入。", "The class's term leads to no school year; not taken."),
    "own_guardian": ("把自己列成了自己的监护人。", "The person is listed as their own guardian."),
    "cyclic_parent": ("上级指向了自己，形成循环。", "The parents form a circle."),
    "no_homeroom": (
        "数据包没有行政班（homeroom），{classes} 个课程班按行政班导入。",
        "The package has no homeroom class; {classes} scheduled classes are taken as homerooms.",
    ),
    "no_homeroom_overlap": (
        "数据包没有行政班（homeroom），学生又同时在几个课程班，因此不导入班级。",
        "The package has no homeroom class, and students are in several scheduled classes at once, so no class is taken.",
    ),
    "short_name": ("姓名为空或只有标点。", "The name is empty or only punctuation."),
    # Another vendor's dialect
    "dialect": (
        "这是 {vendor} 的格式，不是标准 OneRoster：按其含义读取，差异逐条列出。",
        "This is the format of {vendor}, not standard OneRoster: what it means is taken, each difference is listed.",
    ),
    "dialect_file": ("标准中没有这个文件；{taken}。", "The standard has no such file; {taken}."),
    "dialect_column": ("标准中没有这一列（或名称不同）；{taken}。", "The standard has no such column, or another name for it; {taken}."),
    "dialect_missing": ("标准要求的列或文件，这里没有；{taken}。", "The standard requires this column or file; {taken}."),
    "dialect_value": ("不是标准允许的值；{taken}。", "The standard does not allow this value; {taken}."),
    # The 学籍 sheet
    "sheet_too_large": (
        "表格的范围大到 {cell}（{cells} 个单元格），已拒绝；请删除多余的行列。",
        "The sheet reaches to {cell} ({cells} cells); refused. Delete the rows and columns beyond the data.",
    ),
    "sheet_unreadable": ("无法读取这个表格：{detail}。", "The sheet cannot be read: {detail}."),
    "sheet_too_slow": ("读取超过 {seconds} 秒，已中止。", "Reading took more than {seconds} seconds and was stopped."),
    "sheet_no_header": (
        "前 {rows} 行里找不到表头（至少要有“姓名”和另外两个已知的列名）。",
        "No header in the first {rows} rows: 姓名 and two more known names must be there.",
    ),
    "page_skipped": ("工作表“{name}”没有可识别的表头，未读取。", "The worksheet {name} has no known header and was not read."),
    "spoiled_cell": (
        "公式出错（如 #N/A）或没有计算结果，请改成文字或数字。",
        "The formula failed (as #N/A), or was never worked out; put the text or number itself.",
    ),
    "beyond_header": (
        "这一列没有表头，可能是前面少了引号或多了逗号，整行错位。",
        "There is no header above this cell; a comma too many or a missing quote may have shifted the row.",
    ),
    "sheet_unmapped": (
        "不认识这个列名，内容未导入；可在列对应里指定。",
        "The header is unknown and the column is not taken; you may map it.",
    ),
    "sheet_missing": ("缺少“{name}”一列。", "The column {name} is missing."),
    "sheet_two_columns": ("两列都对应“{name}”，只取前一列。", "Two columns stand for {name}; only the first is taken."),
    "mapping_unknown_field": ("列对应里的“{name}”不是可导入的项目。", "The mapping names {name}, which is not a field."),
    "mapping_unknown_header": ("列对应里的列名“{name}”在表里没有。", "The mapping names the header {name}, which the sheet does not have."),
    "number_damaged": (
        "长号码被 Excel 存成了数字，后几位已经丢失，请把该列设为“文本”后重新填写。",
        "Excel stored the long number as a number and lost its last digits; format the column as text and enter it again.",
    ),
    "date_serial": (
        "日期成了数字 {number}（Excel 日期序号），请改成 20110101 这样的文本。",
        "The date became the number {number} (a serial of Excel); write it as 20110101.",
    ),
    "bad_sheet_date": (
        "应为 20110101 或 2011-01-01 这样的日期，且真实存在。",
        "This must be a date like 20110101 or 2011-01-01, and must exist.",
    ),
    "bad_month": ("应为 202309 这样的年月。", "This must be a month like 202309."),
    "bad_code": ("不是“{name}”的代码或名称；可用：{allowed}。", "This is neither a code nor a name of {name}; allowed: {allowed}."),
    "bad_identity_number": ("身份证号不对：{detail_zh}。", "The identity number is wrong: {detail_en}."),
    "bad_registration_number": ("学籍号不对：{detail_zh}。", "The 学籍号 is wrong: {detail_en}."),
    "identity_birth_differs": (
        "身份证号里的出生日期与“出生日期”不一致。",
        "The birth date inside the identity number differs from the one in its own column.",
    ),
    "identity_sex_differs": (
        "身份证号表示的性别与“性别”不一致。",
        "The sex in the identity number differs from the one in its own column.",
    ),
    "identity_ends_in_zeros": (
        "身份证号以 000 结尾，Excel 把长号码存成数字时正是这样，请核对。",
        "The identity number ends in 000, as it does when Excel stores a long number as a number; please check.",
    ),
    "bad_guardian_number": (
        "家庭成员的身份证号不对，号码未导入：{detail_zh}。",
        "The family member's identity number is wrong and was not taken: {detail_en}.",
    ),
    "registration_identity_differs": (
        "G 开头的学籍号与身份证号不同（改过身份证号时正常），两者都保存。",
        "The G number differs from the identity number (as after a correction); both are kept.",
    ),
    "duplicate_identity": ("与第 {first} 行的身份证号相同。", "The identity number is the same as in line {first}."),
    "duplicate_registration": ("与第 {first} 行的学籍号相同。", "The 学籍号 is the same as in line {first}."),
    "birth_in_future": ("出生日期在将来。", "The birth date lies in the future."),
    "age_unlikely": ("按出生日期是{detail_zh}，请核对年份。", "By the birth date this is {detail_en}; please check the year."),
    "hardly_known": (
        "没有证件号、学籍号和出生日期，以后只能凭姓名和学号认出这名学生，请补填。",
        "Neither a number nor a birth date: this pupil will be known by name and student number only. Please fill it in.",
    ),
    "same_name_and_birth": (
        "与第 {first} 行姓名和出生日期相同，且没有号码可区分，请核对是否重复。",
        "Name and birth date are the same as in line {first}, and no number tells them apart; check whether it is one pupil.",
    ),
    "bad_phone": ("电话号码格式不对。", "This is not a telephone number."),
    "bad_class": ("认不出班级：请写成“七(3)班”或“2023级3班”。", "The class is unclear: write 七(3)班 or 2023级3班."),
    "no_guardian": ("没有家庭成员信息。", "There is no family member."),
    "no_identity": (
        "没有身份证号；按规定须有一名家庭成员的证件号码。",
        "There is no identity number; the rules then ask for a family member's.",
    ),
    # Against what the school already has
    "other_school": (
        "属于另一所学校（{school}），您只能导入本校。",
        "This belongs to another school ({school}); you may import your own only.",
    ),
    "one_school_twice": (
        "文件里有两所学校都对应到{school}：请给每所学校写上学校标识码，或请区县管理员导入。",
        "Two schools of the file both stand for {school}: give each its identifier, or let the district import it.",
    ),
    "unknown_school": (
        "系统里没有标识为 {school} 的学校，请先建立学校。",
        "There is no school with the identifier {school}; it has to be made first.",
    ),
    "unknown_reference": ("引用的 {kind} 既不在文件里，也不在系统里。", "The {kind} referred to is neither in the file nor in the system."),
    "identity_taken": ("身份证号已属于另一名学生（{name}）。", "The identity number already belongs to another student ({name})."),
    "registration_taken": ("学籍号已属于另一名学生（{name}）。", "The 学籍号 already belongs to another student ({name})."),
    "matched_by_circumstance": (
        "号码已变，按姓名、出生日期和{by}认定为同一名学生，请核对。",
        "The numbers changed; taken for the same student by name, birth date and {by}. Please check.",
    ),
    "merged_row": (
        "这一行和第 {first} 行的学生已合并为一人，只取第 {first} 行。",
        "This row and line {first} are one student since they were merged; only line {first} is taken.",
    ),
    "possible_duplicate": (
        "系统里有姓名和出生日期相同的学生，未自动合并，请到“疑似重复”核对。",
        "A student of the same name and birth date exists; not merged by itself. See the list of possible duplicates.",
    ),
    "came_from": (
        "从区内{school}转来（号码和姓名相符），原校记录随导入转出。",
        "Comes from {school} in the district (number and name agree); the record there closes with this import.",
    ),
    "was_at": ("曾在区内{school}就读。", "Was at {school} in the district before."),
    "also_elsewhere": (
        "在区内{school}仍是在读，两校都有学籍，请与对方学校核对。",
        "Is still enrolled at {school} in the district, so in two schools; please clear it with them.",
    ),
    "number_elsewhere": (
        "号码与区内{school}的一名学生相同，但姓名不同，没有认作同一人，请核对号码。",
        "A student of {school} in the district has the same number and another name; not taken for the same person, check the number.",
    ),
    "leader_by_hand": (
        "{room}的班主任是人工指定的，名册里的班主任未导入。",
        "A person appointed the homeroom teacher of {room}; the one of the file is not taken.",
    ),
    "class_conflict": (
        "同一学年里有两个班叫这个名字，这个班按“{taken}”导入。",
        "Two classes of the school year have this name; this one is taken as {taken}.",
    ),
    "older_year": (
        "文件最新的学年是 {newest}，系统里已经有更新的学年。全校名册不能倒回去，请核对是否选错了文件或学年。",
        "The file ends with the school year {newest}, and the school is in a later one. A whole roster cannot go back: check file and year.",
    ),
}
