using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Slotwright.Billing;

/// <summary>What a period costs, and what is left of one is worth.</summary>
public sealed class PriceTests
{
    [Theory, Trait("Requirement", "5")]
    [InlineData("10.00", "2.00", "8.00")]
    [InlineData("9.99", "2.00", "7.99")]
    [InlineData("0.03", "0.01", "0.02")]
    [InlineData("0", "0", "0")]
    public void A_reseller_saves_a_fifth_rounded_per_line(string list, string discount, string net)
    {
        var price = Discount.Price(decimal.Parse(list, System.Globalization.CultureInfo.InvariantCulture), reduced: true, Terms.Options);

        Assert.Equal(Euro(discount), price.Discount);
        Assert.Equal(Euro(net), price.Net);
    }

    [Fact, Trait("Requirement", "5")]
    public void A_half_is_rounded_away_from_zero_and_currencies_without_cents_have_none()
    {
        var terms = new BillingOptions { ResellerDiscountPercent = 50, Currency = "EUR" };
        var yen = new BillingOptions { Currency = "JPY", VatPercent = 10 };

        Assert.Equal(0.13m, Discount.Price(0.25m, reduced: true, terms).Net.Amount);
        Assert.Equal(new Money(600, "JPY"), Discount.Price(750, reduced: true, yen).Net);
        Assert.Equal(new Money(60, "JPY"), Discount.Price(750, reduced: true, yen).Vat);
        Assert.Equal(-0.13m, Money.Rounded(-0.125m, "EUR").Amount);
    }

    [Fact, Trait("Requirement", "6"), Trait("Requirement", "77")]
    public void The_discount_holds_for_clients_and_for_the_resellers_own_account_and_ends_with_the_attachment()
    {
        var detached = Terms.Client with { ResellerId = null };
        var own = Terms.Regular with { IsReseller = true };

        Assert.Equal(8, Terms.Rules.PriceOf("s", Terms.Client).Net.Amount);
        Assert.Equal(8, Terms.Rules.PriceOf("s", own).Net.Amount);
        Assert.Equal(10, Terms.Rules.PriceOf("s", detached).Net.Amount);
        Assert.Equal(8, Terms.Rules.PriceOf("s", detached with { ResellerId = 11 }).Net.Amount);
    }

    [Fact]
    public void Every_price_adds_up_and_never_exceeds_its_list() => Gen.Select(Gen.Int[0, 10_000_00], Gen.Int[0, 100], Gen.Int[0, 30]).Sample((cents, off, vat) =>
    {
        var price = Discount.Price(cents / 100m, reduced: true, new BillingOptions { ResellerDiscountPercent = off, VatPercent = vat });

        Assert.Equal(price.List, price.Net + price.Discount);
        Assert.InRange(price.Net.Amount, 0, price.List.Amount);
        Assert.Equal(price.Net + price.Vat, Money.OfMinor(price.Total.Minor(), "EUR"));
    }, seed: Terms.Seed, iter: 2_000, threads: 1);

    [Fact]
    public void Conversion_gives_whole_days_worth_no_more_than_what_was_left_and_never_a_day_less_than_it_could() =>
        Gen.Select(Gen.Int[1, 200_00], Gen.Int[1, 31 * 24 * 60], Gen.Int[0, 31 * 24 * 60], Gen.Int[1, 500_00], Gen.Int[28, 31]).Sample((paid, length, passed, monthly, days) =>
        {
            var (from, month) = (Terms.Noon, Duration.FromDays(days));
            var to = from + Duration.FromMinutes(length);
            var now = from + Duration.FromMinutes(passed);
            var (left, worth) = Conversion.Of(paid / 100m, from, to, now, monthly / 100m, month);
            var unused = Conversion.Unused(paid / 100m, from, to, now);

            Assert.InRange(worth, 0, unused + 0.0000000001m);
            Assert.True(worth + (monthly / 100m / days) > unused - 0.0000000001m);
            Assert.True(left >= 0);
            Assert.True(now < to || left == 0);
        }, seed: Terms.Seed, iter: 2_000, threads: 1);

    [Fact]
    public void Half_a_month_of_S_becomes_a_quarter_of_a_month_of_M()
    {
        var from = Instant.FromUtc(2026, 11, 1, 0, 0);
        var now = from + Duration.FromDays(15);

        // 4.00 of 8.00 are left; a day of M costs 16.00 / 30.
        var (days, worth) = Conversion.Of(8, from, from + Duration.FromDays(30), now, 16, Duration.FromDays(30));

        Assert.Equal(7, days);
        Assert.Equal(7 * 16m / 30, worth, 8);
    }

    [Theory]
    [InlineData("2027-01-31T10:00:00Z", "2027-02-28T10:00:00Z,2027-03-31T10:00:00Z,2027-04-30T10:00:00Z")]
    [InlineData("2028-01-30T10:00:00Z", "2028-02-29T10:00:00Z,2028-03-30T10:00:00Z")]
    [InlineData("2026-12-15T23:59:59Z", "2027-01-15T23:59:59Z,2027-02-15T23:59:59Z")]
    public void A_period_is_a_calendar_month_and_keeps_its_day(string begins, string expected)
    {
        var at = NodaTime.Text.InstantPattern.General.Parse(begins).Value;
        var anchor = Periods.Anchor(at, DateTimeZone.Utc);
        foreach (var next in expected.Split(','))
        {
            at = Periods.Next(at, anchor, DateTimeZone.Utc);
            Assert.Equal(NodaTime.Text.InstantPattern.General.Parse(next).Value, at);
        }
    }

    [Theory]
    [InlineData("Etc/UTC", "2026-11-24T00:00:00Z")]
    [InlineData("Asia/Tokyo", "2026-11-24T15:00:00Z")]
    [InlineData("America/New_York", "2026-11-24T05:00:00Z")]
    public void Whole_days_pass_after_that_of_a_statements_issue_before_it_is_overdue(string zone, string before)
    {
        var now = NodaTime.Text.InstantPattern.General.Parse("2026-12-24T20:30:00Z").Value;

        Assert.Equal(NodaTime.Text.InstantPattern.General.Parse(before).Value, Periods.OverdueBefore(now, 30, DateTimeZoneProviders.Tzdb[zone]));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("366")]
    public void Days_to_pay_below_none_or_beyond_a_year_are_named_at_start(string days)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Billing:InvoiceDueDays", days)]).Build();
        using var services = new ServiceCollection().AddStatements(configuration).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<BillingOptions>>().Value);
        Assert.Contains("InvoiceDueDays", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Months_follow_each_other_without_gap_or_overlap_in_every_zone()
    {
        foreach (var id in (string[])["Etc/UTC", "Europe/Paris", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"])
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            Gen.Int[0, 4 * 365 * 24 * 60].Sample(
                minutes =>
                {
                    var from = Terms.Noon + Duration.FromMinutes(minutes);
                    var to = Periods.Next(from, Periods.Anchor(from, zone), zone);
                    Assert.InRange((to - from).TotalDays, 27.9, 31.1);
                },
                seed: Terms.Seed,
                iter: 500,
                threads: 1);
        }
    }

    private static Money Euro(string amount) => new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "EUR");
}
