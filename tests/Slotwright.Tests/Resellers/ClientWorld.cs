using System.IO.Compression;
using System.Text;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Time;

namespace Slotwright.Resellers;

/// <summary>What the tests about clients have in common: the demo world as its reseller acts in it.</summary>
internal static class ClientWorld
{
    public const string New = "/reseller/atelier-web/clients/new";
    public const string Add = "/reseller/atelier-web/clients/add";

    public static async Task<int> Id(Product product, string account) => (await product.Grains.Directory().AccountByName(account))!.AccountId;

    public static async Task<IReadOnlyList<ClientListing>> Clients(Product product) => await product.Grains.Reseller(await Id(product, "atelier-web")).Clients();

    public static async Task<string> PageOf(Product product, string client) => $"/reseller/atelier-web/clients/{await Id(product, client)}";

    /// <summary>Makes a client by the form; answers what the reseller then reads.</summary>
    public static async Task<string> Made(Visitor reseller, string name, string email)
    {
        await reseller.Open(New);
        await reseller.Send("#client", ("DisplayName", "A client"), ("Name", name), ("Email", email), ("Language", "en"));
        return reseller.Text("main");
    }

    public static async Task<string> Tried(Visitor reseller, string name, string password, string code = "")
    {
        await reseller.Open(Add);
        await reseller.Send("#client", ("name", name), ("password", password), ("code", code));
        return reseller.Text("main .notice");
    }

    public static async Task<bool> Works(Product product, string link)
    {
        var parts = link.Split('/');
        return await product.Grains.Person(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture)).TokenIsGood(parts[3]);
    }

    public static async Task Opened(Product product, string name, int? reseller = null, bool asReseller = false)
    {
        var opened = await product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = name,
            Brand = new AccountBrand { DisplayName = name, Language = "en", TimeZone = "Europe/Paris" },
            OwnerEmail = $"owner@{name}.example",
            OwnerPassword = $"demo-{name}",
            ResellerId = reseller,
            AsReseller = asReseller ? new SupportDetails { Name = name } : null,
        });
        Assert.True(opened.Accepted);
    }

    public static async Task Book(Product product, string account, string schedule, string name) =>
        Assert.True((await (await product.Schedule(account, schedule)).Book(Booking(name, 10))).Accepted);

    public static BookAppointment Booking(string name, int hour) => new()
    {
        Start = Moment.OnTheClock(new LocalDateTime(2027, 1, 14, hour, 0)),
        Customer = new CustomerDetails { Name = name, Email = "jane@customer.example" },
        Language = "en",
        Actor = Actor.ApiKey(),
    };

    public static async Task<string> Text(ZipArchive zip, string entry)
    {
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open(), Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
