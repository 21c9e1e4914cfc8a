using System.Text;
using NodaTime;

namespace Slotwright.Team;

public sealed class AuthenticatorTests
{
    // RFC 6238, appendix B, the SHA-1 rows; its codes have eight digits, ours are the last six.
    private static readonly string Secret = Authenticator.Base32(Encoding.ASCII.GetBytes("12345678901234567890"));

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Authenticator.CodeOf(Secret, Instant.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off(int steps, bool taken)
    {
        var now = Instant.FromUnixTimeSeconds(1_800_000_010);
        var code = Authenticator.CodeOf(Secret, now + Duration.FromSeconds(30 * steps));

        Assert.Equal(taken, Authenticator.StepOf(Secret, code, now) is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("１２３４５６")]
    public void What_is_no_code_is_none(string typed) => Assert.Null(Authenticator.StepOf(Secret, typed, Instant.FromUnixTimeSeconds(59)));

    [Fact]
    public void A_device_is_told_by_browser_and_system()
    {
        Assert.Equal("Firefox · Linux", SignIn.Origins.Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
        Assert.Equal("Safari · iPhone", SignIn.Origins.Device("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"));
        Assert.Equal("", SignIn.Origins.Device("<script>"));
    }
}
