using System.Net;
using Slotwright.Limits;
using Slotwright.Pages;
using Slotwright.Team;

namespace Slotwright.Public;

public sealed class SignUpTests
{
    private const string Done = "Look into your mailbox";

    [Fact, Trait("Requirement", "42"), Trait("Requirement", "10")]
    public async Task A_stranger_makes_an_account_and_opens_it_by_the_mailed_link()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product, "fr");
        await visitor.Open("/");
        await visitor.Follow("main a[href='/signup']");
        Assert.Equal("Europe/Paris", visitor.Page.QuerySelector("select[name=TimeZone] option[selected]")!.GetAttribute("value"));

        Assert.Contains("Les clients la voient aussi sur vos pages", visitor.Text("#field-Email-hint"), StringComparison.Ordinal);

        await Send(visitor, ("DisplayName", "Chez Zoé"), ("Name", "chez zoe"), ("Email", "zoe@example.org"));
        Assert.Equal(("/signup", "?done=true"), (visitor.Address.AbsolutePath, visitor.Address.Query));
        var letter = Assert.Single(await product.Letters("zoe@example.org"));
        Assert.Equal("Votre compte chez-zoe est prêt", letter.Listing.Subject);
        Assert.Contains("Slotwright", letter.Listing.From, StringComparison.Ordinal);
        await visitor.Open(letter.Link("/set-password/"));
        await visitor.Submit("main form", new Dictionary<string, string> { ["password"] = "four unusual words here" });

        Assert.Equal("/a/chez-zoe/guide", visitor.Address.AbsolutePath);
        var face = (await (await product.Account("chez-zoe")).Face())!;
        Assert.Equal(("Chez Zoé", "fr", "Europe/Paris", null, true, 50), (face.Brand.DisplayName, face.Brand.Language, face.Brand.TimeZone, face.ResellerId, face.TakesBookings, (await (await product.Account("chez-zoe")).Usage())!.Allowed));
    }

    /// <summary>Whether somebody has a login here is nobody else's business.</summary>
    [Fact, Trait("Requirement", "50")]
    public async Task A_known_address_is_answered_like_an_unknown_one_and_its_login_stays_as_it_was()
    {
        await using var product = await Product.Start(null, Mailbox.Paused, "--Platform:ContactEmail=help@platform.example");
        var (known, unknown) = (Visitor(product), Visitor(product));
        await known.Open("/signup");
        await unknown.Open("/signup");

        await Send(known, ("DisplayName", "Shop"), ("Name", "shop-one"), ("Email", "Owner@Harbour-Yoga.example"));
        await Send(unknown, ("DisplayName", "Shop"), ("Name", "shop-two"), ("Email", "new@example.org"));

        Assert.Equal((HttpStatusCode.OK, Done), (known.Status, known.Heading));
        Assert.Equal(known.Text("main"), unknown.Text("main"));

        // Whoever has the login is told, and may say that it was somebody else.
        var letter = Assert.Single(await product.Letters("Harbour-Yoga.example"));
        Assert.Equal("The account shop-one was opened with your login", letter.Listing.Subject);
        Assert.Contains("Slotwright", letter.Listing.From, StringComparison.Ordinal);
        Assert.Contains("help@platform.example", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/set-password/", letter.Text, StringComparison.Ordinal);
        Assert.Equal("/signin", letter.Link("/signin"));
        await known.SignIn("owner@harbour-yoga.example", "demo-harbour-yoga");
        Assert.Equal(HttpStatusCode.OK, known.Status);
        Assert.Contains("shop-one", known.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_invited_and_has_set_no_password_yet_is_invited_to_the_next_account_too()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product);
        foreach (var name in new[] { "shop-one", "shop-two" })
        {
            await visitor.Open("/signup");
            await Send(visitor, ("DisplayName", "Shop"), ("Name", name), ("Email", "new@example.org"));
        }

        var letters = await product.Letters("new@example.org");
        Assert.Equal(["shop-one", "shop-two"], letters.Select(letter => letter.Listing.Subject.Split(' ')[2]).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Contains("/set-password/", letter.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_what_was_typed_stays()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product);
        await visitor.Open("/signup");

        await Send(visitor, ("DisplayName", " "), ("Name", "a b"), ("Email", "nobody"));
        Assert.Equal(2, visitor.Page.QuerySelectorAll(".error").Length);
        foreach (var (name, said) in new[] { ("corner_BARBER", "taken"), ("support", "kept for the site"), ("123", "at least one of them a letter") })
        {
            await Send(visitor, ("DisplayName", "Marlène & fils"), ("Name", name), ("Email", "marlene@example.org"));
            Assert.Contains(said, visitor.Text("#field-Name-error"), StringComparison.Ordinal);
        }

        Assert.Equal(("Marlène & fils", "marlene@example.org"), (visitor.Page.QuerySelector("#field-DisplayName")!.GetAttribute("value"), visitor.Page.QuerySelector("#field-Email")!.GetAttribute("value")));
        Assert.Empty(await product.Letters("marlene@example.org"));
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_account_and_one_mail()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product);
        await visitor.Open("/signup");
        var fields = visitor.Page.QuerySelectorAll("main input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!))
            .Concat([KeyValuePair.Create("DisplayName", "Twice"), KeyValuePair.Create("Name", "twice"), KeyValuePair.Create("Email", "twice@example.org"), KeyValuePair.Create("TimeZone", "Europe/Paris")]).ToList();

        await visitor.Post("/signup", fields);
        await visitor.Post("/signup", fields);

        Assert.Equal(Done, visitor.Heading);
        Assert.Single(await product.Letters("twice@example.org"));
    }

    [Fact]
    public async Task What_only_a_machine_fills_in_is_thanked_and_makes_nothing()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product);
        await visitor.Open("/signup");

        await Send(visitor, ("DisplayName", "Robot"), ("Name", "robot-shop"), ("Email", "robot@example.org"), ("Subject", "cheap"));

        Assert.Equal(Done, visitor.Heading);
        Assert.Null(await product.Grains.Directory().AccountByName("robot-shop"));
    }

    [Fact]
    public async Task An_address_is_mailed_so_often_and_a_caller_makes_so_many()
    {
        await using var product = await Product.Start(null, Mailbox.Paused, "--RateLimits:Enabled=true", $"--RateLimits:{nameof(RateLimitOptions.SignUpsPerEmailAndHour)}=2", $"--RateLimits:{nameof(RateLimitOptions.SignUpsPerAddressAndHour)}=4");
        var visitor = Visitor(product);
        var said = new List<HttpStatusCode>();

        foreach (var (name, email) in new[] { ("one", "a"), ("two", "A"), ("three", "a"), ("four", "b"), ("five", "c") })
        {
            await visitor.Open("/signup");
            await Send(visitor, ("DisplayName", name), ("Name", $"shop-{name}"), ("Email", $"{email}@example.org"));
            said.Add(visitor.Status);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], said);
        Assert.NotNull(visitor.Answer.Headers.RetryAfter);
        Assert.Equal("shop-five", visitor.Page.QuerySelector("#field-Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Names_that_cannot_be_had_use_up_nothing_of_what_an_address_is_mailed()
    {
        await using var product = await Product.Start(null, Mailbox.Paused, "--RateLimits:Enabled=true", $"--RateLimits:{nameof(RateLimitOptions.SignUpsPerEmailAndHour)}=1");
        var visitor = Visitor(product);
        foreach (var name in new[] { "corner-barber", "Corner_Barber", "api", "petite-table", "a-shop" })
        {
            await visitor.Open("/signup");
            await Send(visitor, ("DisplayName", "A shop"), ("Name", name), ("Email", "ann@example.org"));
            Assert.Equal((name, HttpStatusCode.OK), (name, visitor.Status));
        }

        Assert.Equal(Done, visitor.Heading);
        await visitor.Open("/signup");
        await Send(visitor, ("DisplayName", "A shop"), ("Name", "b-shop"), ("Email", "ann@example.org"));
        Assert.Equal(HttpStatusCode.TooManyRequests, visitor.Status);
    }

    private static Task<Visitor> Send(Visitor visitor, params (string Name, string Value)[] typed) =>
        visitor.Submit("main form", typed.ToDictionary(field => field.Name, field => field.Value));

    private static Visitor Visitor(Product product, string language = "en") => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, language);
}
