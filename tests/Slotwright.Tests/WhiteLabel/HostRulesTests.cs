using NodaTime;

namespace Slotwright.WhiteLabel;

public sealed class HostRulesTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 1, 12, 8, 0);
    private static readonly string[] Ours = ["book.example", "post.example"];

    [Theory]
    [InlineData(" HTTPS://Termine.Bücher-Stube.example/buchen?x=1 ", "termine.xn--bcher-stube-thb.example")]
    [InlineData("book.corner-barber.example.", "book.corner-barber.example")]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("[::1]", null)]
    [InlineData("2130706433", null)]
    [InlineData("a b.example", null)]
    [InlineData("-a.example", null)]
    [InlineData("a..example", null)]
    [InlineData("", null)]
    public void A_host_is_taken_as_people_type_it_and_addresses_are_none(string typed, string? tidied) => Assert.Equal(tidied, HostRules.Tidy(typed));

    [Theory, Trait("Fault", "41"), Trait("Requirement", "19")]
    [InlineData("book.example", HostRefusal.HostIsOurs)]
    [InlineData("a.b.book.example", HostRefusal.HostIsOurs)]
    [InlineData("mx.post.example", HostRefusal.HostIsOurs)]
    [InlineData("notbook.example", null)]
    [InlineData("co.uk", HostRefusal.HostIsPublicSuffix)]
    [InlineData("github.io", HostRefusal.HostIsPublicSuffix)]
    [InlineData("anything.ck", HostRefusal.HostIsPublicSuffix)]
    [InlineData("www.ck", null)]
    [InlineData("corner-barber.co.uk", null)]
    [InlineData("client1.yourcompany.com", null)]
    [InlineData("client2.yourcompany.com", null)]
    public void What_is_ours_and_what_strangers_share_is_nobodys_to_have(string host, HostRefusal? refusal) => Assert.Equal(refusal, HostRules.Judge(host, Ours));

    [Theory, Trait("Fault", "42")]
    [InlineData(HostState.Waiting, 0, HostAnswer.NoRecord, HostStep.Stay)]
    [InlineData(HostState.Waiting, 0, HostAnswer.Proven, HostStep.Verify)]
    [InlineData(HostState.Verified, 0, HostAnswer.NoAnswer, HostStep.Stay)]
    [InlineData(HostState.Verified, 0, HostAnswer.NoRecord, HostStep.BeginFailing)]
    [InlineData(HostState.Verified, 0, HostAnswer.OtherValue, HostStep.BeginFailing)]
    [InlineData(HostState.Failing, 167, HostAnswer.NoRecord, HostStep.Stay)]
    [InlineData(HostState.Failing, 168, HostAnswer.NoRecord, HostStep.GiveUp)]
    [InlineData(HostState.Failing, 500, HostAnswer.NoAnswer, HostStep.Stay)]
    [InlineData(HostState.Failing, 500, HostAnswer.Proven, HostStep.Verify)]
    public void A_proof_that_is_gone_is_missed_for_seven_days_and_silence_of_a_server_is_no_such_loss(HostState state, int hours, HostAnswer answer, HostStep step) =>
        Assert.Equal(step, HostRules.Follow(Row(state, Now - Duration.FromHours(hours)), answer, Now));

    [Fact]
    public void It_is_looked_for_often_at_first_then_seldom_and_after_a_month_no_more()
    {
        Duration? After(int hours) => HostRules.NextCheck(HostState.Waiting, HostAnswer.NoRecord, Now - Duration.FromHours(hours), Now) - Now;

        Assert.Equal([2, 15, 60, 1440], new[] { 0, 1, 24, 7 * 24 }.Select(hours => (int)After(hours)!.Value.TotalMinutes));
        Assert.Null(After(30 * 24));
        Assert.Equal(Duration.FromDays(1), HostRules.NextCheck(HostState.Verified, HostAnswer.Proven, Now, Now) - Now);
    }

    private static HostRow Row(HostState state, Instant failingSince) => new()
    {
        AccountId = 1,
        Host = "book.corner.example",
        Token = "token",
        State = state,
        Answer = HostAnswer.NotAsked,
        LeadsHere = null,
        AskedAt = Now,
        CheckedAt = null,
        NextCheckAt = null,
        VerifiedAt = null,
        FailingSince = state == HostState.Failing ? failingSince : null,
    };
}
