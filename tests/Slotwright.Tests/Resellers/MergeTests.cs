using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Setup;

namespace Slotwright.Resellers;

public sealed class MergeTests : IAsyncLifetime
{
    private const string Password = "four unusual words here";

    private Product product = null!;

    private static string MergePage => Links.Reseller("atelier-web", "merge");

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        var brand = (await (await product.Account("harbour-yoga")).Face())!.Brand;
        var other = await Open("other-reseller", null, new SupportDetails { Name = "The other one" });
        await Open("quay-cafe", other, null);
        await Open("pier-books", other, null);

        async Task<int> Open(string name, int? reseller, SupportDetails? support) => (await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = name,
            OwnerEmail = $"owner@{name}.example",
            OwnerPassword = Password,
            Brand = brand,
            ResellerId = reseller,
            AsReseller = support,
        })).Value!.AccountId;
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact, Trait("Requirement", "95"), Trait("Requirement", "96")]
    public async Task All_clients_of_another_reseller_come_over_after_proof_preview_and_its_name_typed()
    {
        var cafe = await product.Account("quay-cafe");
        await cafe.StartTrial();
        Assert.Equal("The other one", (await cafe.Face())!.Support!.Name);
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(MergePage);

        await owner.Send("#proof", ("name", "other-reseller"), ("password", Password));
        Assert.Contains("2 clients move from other-reseller to atelier-web", owner.Text("#moves"), StringComparison.Ordinal);
        Assert.Contains("pier-books", owner.Text(".moves"), StringComparison.Ordinal);
        Assert.DoesNotContain(Password, owner.Source, StringComparison.Ordinal);
        await owner.Send("#sure", ("typed", "other"));
        Assert.Contains("not the name", owner.Text("#sure .error"), StringComparison.Ordinal);
        Assert.Equal("The other one", (await cafe.Face())!.Support!.Name);
        var sure = owner.Fields("#sure", ("typed", "Other_Reseller"));
        await owner.Post(MergePage + "?handler=Sure", sure);
        Assert.Contains("merged", owner.Text(".notice strong"), StringComparison.Ordinal);

        // Faces follow at once, the plan and the trial came along, and the emptied one is a regular account.
        var face = (await cafe.Face())!;
        Assert.Equal("Atelier Web", face.Support!.Name);
        Assert.False((await cafe.Usage())!.MayStartTrial);
        Assert.False((await (await product.Account("other-reseller")).Face())!.IsReseller);
        Assert.Equal(AccountStanding.Trial, (await cafe.Usage())!.Standing);
        var clients = await product.Grains.Reseller(face.ResellerId!.Value).Clients();
        Assert.Contains(clients, client => client.Name == "pier-books");

        // Sent again it is answered again, and nothing more happens.
        await owner.Post(MergePage + "?handler=Sure", sure);
        Assert.Contains("merged", owner.Text(".notice strong"), StringComparison.Ordinal);
        Assert.Equal(clients.Count, (await product.Grains.Reseller(face.ResellerId.Value).Clients()).Count);
    }

    [Theory, Trait("Requirement", "96")]
    [InlineData("other-reseller", "wrong password", "is not right")]
    [InlineData("nobody-at-all", Password, "is not right")]
    [InlineData("atelier-web", "demo-atelier-web", "with itself")]
    [InlineData("quay-cafe", Password, "no reseller")]
    public async Task Without_control_over_another_reseller_nothing_is_shown_and_nothing_moves(string name, string password, string reason)
    {
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(MergePage);

        await owner.Send("#proof", ("name", name), ("password", password));

        Assert.Contains(reason, owner.Text(".notice"), StringComparison.Ordinal);
        Assert.Null(owner.Page.QuerySelector("#sure"));
        Assert.True((await (await product.Account("other-reseller")).Face())!.IsReseller);
    }

    [Fact]
    public async Task A_proof_counts_for_15_minutes_for_one_person_and_one_pair_of_resellers()
    {
        var into = (await (await product.Account("corner-barber")).Face())!.ResellerId!.Value;
        var other = (await (await product.Account("other-reseller")).Face())!.Id;
        var plan = (await product.Grains.Reseller(into).PlanMerge(new MergeProof { AccountName = "other-reseller", Password = Password, Code = "", PersonId = 7 })).Value!;

        Assert.Equal(MergeRefusal.ProofSpent, (await product.Grains.Reseller(into).Merge(plan.Ticket, "other-reseller", personId: 8)).Refusal);
        Assert.Equal(MergeRefusal.ProofSpent, (await product.Grains.Reseller(other).Merge(plan.Ticket, "other-reseller", personId: 7)).Refusal);
        Assert.Equal(MergeRefusal.ProofSpent, (await product.Grains.Reseller(into).Merge(plan.Ticket[..^4] + "AAAA", "other-reseller", personId: 7)).Refusal);
        product.Clock.AdvanceMinutes(15);
        Assert.Equal(MergeRefusal.ProofSpent, (await product.Grains.Reseller(into).Merge(plan.Ticket, "other-reseller", personId: 7)).Refusal);
        Assert.True((await (await product.Account("other-reseller")).Face())!.IsReseller);
    }
}
