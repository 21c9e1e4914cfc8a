using NodaTime;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Storage;

public abstract class PersonStoreContract : StorageContract
{
    private static readonly NewPerson Operator = new()
    {
        Id = 1,
        Email = "Op@example.test",
        NormalisedEmail = "op@example.test",
        TokenHash = "token",
        TokenExpiresAt = StorageBench.Noon + Duration.FromDays(7),
    };

    [Fact]
    public async Task A_token_sets_the_password_once_and_ends_the_sessions()
    {
        Assert.Equal(1, await Bench.Persons.MakeOperator(Operator));
        Assert.False(await Bench.Persons.HasOperator());
        await Bench.Persons.OpenSession(1, Session("session"));
        Assert.Equal(Session("session"), await Bench.Persons.FindSession("session", 1));
        Assert.Null(await Bench.Persons.FindSession("session", 2));

        Assert.False(await Bench.Persons.SpendToken(1, "other", "hash", StorageBench.Noon));
        Assert.False(await Bench.Persons.SpendToken(1, "token", "hash", StorageBench.Noon + Duration.FromDays(7)));
        var spent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Bench.Persons.SpendToken(1, "token", "hash", StorageBench.Noon))));

        Assert.Single(spent, won => won);
        Assert.Null(await Bench.Persons.FindSession("session", 1));
        Assert.True(await Bench.Persons.HasOperator());
        var row = await Bench.Persons.Load(1);
        Assert.Equal(("Op@example.test", "hash", true, null, null), (row!.Email, row.PasswordHash, row.IsOperator, row.TokenHash, row.TokenExpiresAt));
    }

    [Fact]
    public async Task An_operator_who_has_a_login_keeps_it()
    {
        await Bench.Accounts.Open(StorageBench.NewAccount(5, "corner", "op@example.test", 5));

        Assert.Equal(5, await Bench.Persons.MakeOperator(Operator));

        Assert.True((await Bench.Persons.Load(5))!.IsOperator);
        Assert.Null(await Bench.Persons.Load(1));
        Assert.Equal([new Membership(5, "corner")], await Bench.Persons.Memberships(5));
    }

    [Fact]
    public async Task Sessions_tokens_hashes_and_keys_are_kept()
    {
        await Bench.Persons.MakeOperator(Operator);
        await Bench.Persons.SetToken(1, "fresh", StorageBench.Noon + Duration.FromHours(1));
        await Bench.Persons.Rehash(1, "better");
        await Bench.Persons.OpenSession(1, Session("s"));
        await Bench.Persons.EndSession("s", StorageBench.Noon);
        await Bench.Persons.AddToKeyRing("b", "second", StorageBench.Noon + Duration.FromHours(1));
        await Bench.Persons.AddToKeyRing("a", "first", StorageBench.Noon);

        var row = await Bench.Persons.Load(1);
        Assert.Equal(("better", "fresh", StorageBench.Noon + Duration.FromHours(1)), (row!.PasswordHash, row.TokenHash, row.TokenExpiresAt!.Value));
        Assert.Null(await Bench.Persons.FindSession("s", 1));
        Assert.Equal(["first", "second"], await Bench.Persons.KeyRing());
        Assert.Null(await Bench.Persons.FindByEmail("nobody@example.test"));
    }

    internal static SessionRow Session(string token) => new()
    {
        TokenHash = token,
        StartedAt = StorageBench.Noon,
        Host = "book.example",
        Device = "Firefox · Linux",
        ConfirmedAt = StorageBench.Noon,
    };
}
