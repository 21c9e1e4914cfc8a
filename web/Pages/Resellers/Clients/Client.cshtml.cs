using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>One client: what it has, how its administrator was invited, what the reseller asks for it.</summary>
public sealed class ClientModel(Grains grains) : ClientPage(grains)
{
    private static readonly string[] Sentences = ["Opened", "Attached", "InvitedAgain", "Revoked", "PriceSaved"];

    public PriceForm Price { get; private set; } = new();

    /// <summary>Names of sentences; null: none.</summary>
    public string? Done { get; private set; }

    /// <summary>Of the price, as plans are sold in it: ISO 4217.</summary>
    public string Currency { get; private set; } = "";

    public string? PriceProblem { get; private set; }

    public string? InvitationProblem { get; private set; }

    public async Task<IActionResult> OnGet(int client, [FromQuery] string? done)
    {
        Done = Sentences.FirstOrDefault(sentence => sentence.Equals(done, StringComparison.OrdinalIgnoreCase)) is { } known ? $"Client.{known}" : null;
        return await Shown(client);
    }

    public async Task<IActionResult> OnPostInvite(int client) => await After(client, await Reseller.InviteAgain(client), "invitedagain");

    public async Task<IActionResult> OnPostRevoke(int client) => await After(client, await Reseller.RevokeInvitations(client), "revoked");

    public async Task<IActionResult> OnPostPrice(int client, [FromForm] string? amount, [FromForm] string? every, [FromForm] string? note)
    {
        Price = new PriceForm(TypedText.Line(amount), every, TypedText.Lines(note));
        if (!Price.Read(out var price))
        {
            PriceProblem = "Price.Invalid";
            return await Found(client);
        }

        return await After(client, await Reseller.NotePrice(client, price), "pricesaved");
    }

    private async Task<IActionResult> After(int client, Outcome<Accounts.AccountReference, ClientRefusal> outcome, string done)
    {
        if (outcome.Accepted)
        {
            return new SeeOther($"{Links.Client(HttpContext.Account().Name, client)}?done={done}");
        }

        InvitationProblem = outcome.Refusal == ClientRefusal.TooOften ? "Client.TooOften" : null;
        PriceProblem = outcome.Refusal == ClientRefusal.PriceInvalid ? "Price.Invalid" : null;
        return PriceProblem is null ? await Shown(client) : await Found(client);
    }

    private async Task<IActionResult> Shown(int client)
    {
        var page = await Found(client);
        Price = Client is { Asked: { } asked } ? PriceForm.Of(asked) : new PriceForm();
        return page;
    }

    private async Task<IActionResult> Found(int client)
    {
        Currency = await FindCurrency();
        return await Show(client);
    }
}

/// <summary>The reseller's note of its price, as typed.</summary>
public sealed record PriceForm(string Amount = "", string? Every = "2", string Note = "")
{
    public static PriceForm Of(AskedPrice asked) => new(
        asked.Amount.ToString("0.00", CultureInfo.CurrentCulture), ((int)asked.Every).ToString(CultureInfo.InvariantCulture), asked.Note);

    /// <summary>False: no amount that can be stored. Nothing typed at all is no price.</summary>
    public bool Read(out AskedPrice? price)
    {
        price = null;
        if (Amount.Length == 0 && Note.Length == 0)
        {
            return true;
        }

        // As people write it in either manner: "1234.50" or "1234,50".
        var plain = Amount.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.');
        if (!decimal.TryParse(plain.Length == 0 ? "0" : plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || amount > 1_000_000 || decimal.Round(amount, 2) != amount || Note.Length > 500)
        {
            return false;
        }

        price = new AskedPrice(amount, Every == "1" ? AskedEvery.Once : AskedEvery.Month, Note);
        return true;
    }
}
