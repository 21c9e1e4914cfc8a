using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Accounts;

/// <summary>Finds an account by what a visitor or client has in hand. Answers ids only.</summary>
[EntranceGrain, Alias("slotwright.directory-grain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>By name as typed: case folded, blank = underscore = hyphen; a former name of a living account answers with the present one.</summary>
    [Alias("account-by-name")]
    Task<AccountReference?> AccountByName(string name);

    /// <summary>By the API key's SHA-256 in lower-case hex.</summary>
    [Alias("account-by-key")]
    Task<AccountReference?> AccountByKeyHash(string sha256);

    /// <summary>The account of a schedule: an API key may come with nothing but a schedule's id.</summary>
    [Alias("account-of-schedule")]
    Task<AccountReference?> AccountOfSchedule(int scheduleId);

    /// <summary>By verified host name, without port, lower case.</summary>
    [Alias("account-by-host")]
    Task<AccountReference?> AccountByHost(string host);

    /// <summary>The login of an e-mail address or of an account's name (its owner's); null: nobody.</summary>
    [Alias("person-by-login")]
    Task<int?> PersonByLogin(string login);

    /// <summary>The calendar feed of a token's SHA-256 in lower-case hex; null: there was never one.</summary>
    [Alias("feed-by-token")]
    Task<FeedReference?> FeedByTokenHash(string sha256);
}

[GenerateSerializer, Immutable, Alias("slotwright.account-reference")]
public sealed record AccountReference([property: Id(0)] int AccountId, [property: Id(1)] string Name);
