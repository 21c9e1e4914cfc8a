namespace Slotwright.Mail;

public sealed class SafeTemplateTests
{
    private static readonly Dictionary<string, object?> Values = new() { ["name"] = "Jane", ["count"] = 3, ["paid"] = true };

    public static TheoryData<string> Bombs() =>
    [
        // Depth.
        "{{ " + new string('(', 4000) + "1" + new string(')', 4000) + " }}",
        "{{ " + new string('[', 4000) + new string(']', 4000) + " }}",
        "{{ " + string.Concat(Enumerable.Repeat("{a:", 3000)) + "1" + new string('}', 3000) + " }}",
        "{{ " + new string('-', 8000) + "1 }}",
        "{{ " + new string('!', 8000) + "paid }}",
        "{{ " + string.Concat(Enumerable.Repeat("- ", 8000)) + "1 }}",
        "{{ " + string.Concat(Enumerable.Repeat("! ", 8000)) + "paid }}",
        "{{ " + string.Concat(Enumerable.Repeat("1 + (", 4000)) + "1" + new string(')', 4000) + " }}",
        string.Concat(Enumerable.Repeat("{{ if true }}", 1000)) + string.Concat(Enumerable.Repeat("{{ end }}", 1000)),
        "{{ " + string.Concat(Enumerable.Repeat("name | string.upcase | ", 1200)) + "string.upcase",

        // Loops and recursion.
        "{{ for i in 1..1000000000 }}x{{ end }}",
        "{{ while true }}{{ end }}",
        "{{ for i in 1..400 }}{{ for j in 1..400 }}x{{ end }}{{ end }}",
        "{{ func f; f; end; f }}",
        "{{ func f(x); f(x + 1); end; f(1) }}",
        "{{ f = do; f; end; f }}",
        "{{ a = {}; a.a = a; a }}",
        "{{ a = [1]; a[0] = a; a }}",

        // Size.
        "{{ 'A' * 200000000 }}",
        "{{ 1 << 2000000000 }}",
        "{{ x = 'aaaaaaaaaaaaaaaa'; for i in 1..100; x = x + x; end; x }}",
        "{{ [1, 2, 3] * 200000000 }}",
        "{{ x = [1]; for i in 1..60; x = x + x; end; x }}",
        "{{ for i in 1..499 }}{{ '" + new string('y', 1000) + "' }}{{ end }}",
        "{{ a = []; a[2000000000] = 1; a }}",
        "{{ for i in 1..499; for j in 1..499; x = 'y' * 60000; end; end }}",
        new string('x', SafeTemplate.SourceLimit + 1),

        // Functions that are not there.
        "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}",
        "{{ regex.replace name '(a*)*b' '' }}",
        "{{ object.eval '1 + 1' }}",
        "{{ object.eval_template '{{ name }}' }}",
        "{{ include 'secrets' }}",
        "{{ import name }}",
        "{{ array.insert_at [] 2000000000 1 }}",
        "{{ [1] | array.map 'to_string' }}",
        "{{ string.pad_left name 2000000000 }}",
        "{{ string.append name name }}",
        "{{ html.escape name }}",
        "{{ date.now }}",
        "{{ math.uuid }}",
        "{{ object.keys this }}",
        "{{ this | object.to_json }}",
        "{{ timespan.from_days 1 }}",

        // What it may not read or change.
        "{{ account.smtp_password }}",
        "{{ smtp_password }}",
        "{{ name.length }}",
        "{{ name.get_type }}",
        "{{ count.get_type.assembly }}",
        "{{ string.upcase.target }}",
        "{{ string.upcase.method }}",
        "{{ name = 'Eve' }}",
        "{{ string.upcase = 1 }}",
        "{{ string = 1; string.upcase name }}",

        // Not templates.
        "{{ for }}",
        "{{ if }}{{ end",
        "{{ case }}{{ when }}",
        "{{ end }}",
        "{% raw %}{{ }",
        "{{ capture x }}",
        "{{ @@@@ }}",
        "{{ $ }}",
    ];

    [Theory, Trait("Fault", "35"), Trait("Fault", "36")]
    [MemberData(nameof(Bombs))]
    public void Hostile_template_is_refused_and_the_process_lives(string source) =>
        Assert.Throws<TemplateRefusedException>(() => SafeTemplate.Parse(source).RenderText(Values));

    [Fact]
    public void Template_may_use_texts_conditions_loops_and_four_functions()
    {
        var template = SafeTemplate.Parse("{{ if paid }}{{ name | string.upcase }}{{ end }}{{ for i in 1..count }} {{ i }}{{ end }} {{ string.strip ' a ' | string.capitalize }}");

        Assert.Equal("JANE 1 2 3 A", template.RenderText(Values));
    }

    [Fact]
    public void Nothing_that_one_rendering_sets_is_seen_by_the_next()
    {
        var setting = SafeTemplate.Parse("{{ secret = 'canary' }}{{ func leak; ret 'canary'; end }}");
        var reading = SafeTemplate.Parse("{{ secret }}");

        setting.RenderText(Values);

        Assert.Throws<TemplateRefusedException>(() => reading.RenderText(Values));
        Assert.Throws<TemplateRefusedException>(() => SafeTemplate.Parse("{{ leak }}").RenderText(Values));
    }

    [Fact]
    public void Objects_of_ours_never_come_in() =>
        Assert.Throws<ArgumentException>(() => SafeTemplate.Parse("").RenderText(new Dictionary<string, object?> { ["smtp"] = new SmtpOptions() }));
}
