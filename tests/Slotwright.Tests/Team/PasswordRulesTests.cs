namespace Slotwright.Team;

public sealed class PasswordRulesTests
{
    private const string Owner = "owner@corner-barber.example";

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord1")]
    [InlineData("starwars")]
    [InlineData("q1w2e3r4t5")]
    [InlineData("motdepasse")]
    [InlineData("Wachtwoord")]
    [InlineData("aaaaaaaabbb")]
    [InlineData("OWNER@corner-barber.example")]
    [InlineData("seven77")]
    public void What_many_choose_or_anybody_guesses_is_no_password(string password) => Assert.False(Passwords.IsStrong(password, Owner));

    [Theory]
    [InlineData("four unusual words here")]
    [InlineData("demo-corner-barber")]
    [InlineData("Zaterdag-met-Noor")]
    public void What_few_choose_is_one(string password) => Assert.True(Passwords.IsStrong(password, Owner));
}
