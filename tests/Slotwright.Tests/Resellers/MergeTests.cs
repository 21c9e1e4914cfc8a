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

    [Fact, Trait("Requirement", "96")]
    public async Task Nobody_gets_out_of_a_suspension_by_a_merge()
    {
        var into = (await (await product.Account("corner-barber")).Face())!.ResellerId!.Value;
        var proof = new MergeProof { AccountName = "other-reseller", Password = Password, Code = "", PersonId = 7 };
        var plan = (await product.Grains.Reseller(into).PlanMerge(proof)).Value!;
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open(MergePage);
        await product.Run("update accounts set suspended_at = 1 where name = 'other-reseller'");

        await owner.Send("#proof", ("name", "other-reseller"), ("password", Password));

        Assert.Contains("is not right", owner.Text(".notice"), StringComparison.Ordinal);
        Assert.DoesNotContain("quay-cafe", owner.Source, StringComparison.Ordinal);
        Assert.Equal(MergeRefusal.NotProven, (await product.Grains.Reseller(into).Merge(plan.Ticket, "other-reseller", personId: 7)).Refusal);
        await product.Run($"update accounts set suspended_at = case when id = {into} then 1 end where is_reseller = 1");
        Assert.Equal(MergeRefusal.NotAllowed, (await product.Grains.Reseller(into).PlanMerge(proof)).Refusal);
        Assert.Equal(MergeRefusal.NotAllowed, (await product.Grains.Reseller(into).Merge(plan.Ticket, "other-reseller", personId: 7)).Refusal);
        Assert.Equal(2, await product.Count("select count(*) from accounts where reseller_id = (select id from accounts where name = 'other-reseller')"));
    }

    [Fact, Trait("Requirement", "95")]
    public async Task The_emptied_account_that_is_a_reseller_again_begins_afresh()
    {
        var into = (await (await product.Account("corner-barber")).Face())!.ResellerId!.Value;
        var account = await product.Account("other-reseller");
        var face = (await account.Face())!;
        var from = product.Grains.Reseller(face.Id);
        var settings = new ResellerSettings { Support = new SupportDetails { Name = "The other one", Phone = "12" } };
        await from.ChangeSettings(settings);
        Assert.True((await from.ChangeDefaultColours("#0f766e", "")).Accepted);
        var plan = (await product.Grains.Reseller(into).PlanMerge(new MergeProof { AccountName = "other-reseller", Password = Password, Code = "", PersonId = 7 })).Value!;

        Assert.True((await product.Grains.Reseller(into).Merge(plan.Ticket, "other-reseller", personId: 7)).Accepted);

        Assert.True((await account.BecomeReseller(face.OwnerPersonId)).Accepted);
        var afresh = (await from.Settings())!;
        Assert.Equal(("Harbour Yoga", "", ""), (afresh.Support.Name, afresh.Support.Phone, afresh.Look.Colour));
        Assert.Equal("12", (await from.ChangeSettings(settings))!.Support.Phone);
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
