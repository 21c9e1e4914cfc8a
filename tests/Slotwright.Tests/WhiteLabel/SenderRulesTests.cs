namespace Slotwright.WhiteLabel;

public sealed class SenderRulesTests
{
    private const string Needed = "include:post.example";

    [Theory]
    [InlineData(new[] { "v=spf1 mx include:post.example -all" }, RecordState.Good)]
    [InlineData(new[] { "google-site-verification=x", "V=SPF1 +include:POST.example ~all" }, RecordState.Good)]
    [InlineData(new[] { "v=spf1 include:mail.example -all" }, RecordState.Good)]
    [InlineData(new[] { "v=spf1 redirect=mail.example" }, RecordState.Good)]
    [InlineData(new[] { "v=spf1 include:loop.example -all" }, RecordState.Different)]
    [InlineData(new[] { "v=spf1 include:%{i}.spf.example -all" }, RecordState.Different)]
    [InlineData(new[] { "v=spf1 -include:post.example" }, RecordState.Different)]
    [InlineData(new[] { "v=spf10 include:post.example" }, RecordState.Missing)]
    [InlineData(new string[0], RecordState.Missing)]
    [InlineData(null, RecordState.NoAnswer)]
    public async Task Spf_is_good_when_it_names_us_itself_or_through_what_it_includes(string[]? texts, RecordState state)
    {
        var asked = 0;
        Task<IReadOnlyList<string>?> Ask(string name)
        {
            Assert.True(++asked <= SenderRules.MostLookups);
            return Task.FromResult<IReadOnlyList<string>?>(name switch
            {
                "corner.example" => texts,
                "mail.example" => ["v=spf1 include:post.example ~all"],
                "loop.example" => ["v=spf1 include:loop.example include:corner.example ~all"],
                _ => [],
            });
        }

        Assert.Equal(state, await SenderRules.JudgeSpf("corner.example", Needed, Ask));
    }

    [Theory]
    [InlineData(new[] { "v=DKIM1; k=rsa; p=AAAA" }, RecordState.Good)]
    [InlineData(new[] { "k=rsa; p=AA AA" }, RecordState.Good)]
    [InlineData(new[] { "v=DKIM1; p=BBBB" }, RecordState.Different)]
    [InlineData(new[] { "v=DKIM1; p=" }, RecordState.Different)]
    [InlineData(new[] { "hello" }, RecordState.Missing)]
    [InlineData(null, RecordState.NoAnswer)]
    public void Dkim_is_good_when_it_shows_this_accounts_key(string[]? texts, RecordState state) => Assert.Equal(state, SenderRules.JudgeDkim(texts, "AAAA"));

    [Theory]
    [InlineData(new[] { "v=DMARC1; p=none" }, RecordState.Good)]
    [InlineData(new[] { "v=DMARC1; p=reject; rua=mailto:a@b.example" }, RecordState.Strict)]
    [InlineData(new[] { "v=DMARC1" }, RecordState.Different)]
    [InlineData(new string[0], RecordState.Missing)]
    public void Dmarc_is_told_by_its_policy(string[] texts, RecordState state) => Assert.Equal(state, SenderRules.JudgeDmarc(texts));

    [Fact]
    public void Only_a_key_of_its_own_lets_an_account_speak_for_a_domain_and_silence_takes_nothing_away()
    {
        SenderRecords Records(RecordState spf, RecordState dkim) => new(spf, dkim, RecordState.Good);

        Assert.False(SenderRules.MayUse(Records(RecordState.Good, RecordState.Missing)));
        Assert.True(SenderRules.MayUse(Records(RecordState.Missing, RecordState.Good)));
        Assert.True(SenderRules.MayUse(SenderRules.Merge(Records(RecordState.Missing, RecordState.Good), Records(RecordState.NoAnswer, RecordState.NoAnswer))));
        Assert.False(SenderRules.MayUse(SenderRules.Merge(Records(RecordState.Good, RecordState.Good), Records(RecordState.Good, RecordState.Missing))));
    }
}
