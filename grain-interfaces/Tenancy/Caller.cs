namespace Slotwright.Tenancy;

/// <summary>
/// Who calls a grain from outside the grains, as the call filter checks it. Set by web for every call it makes and by the silo's
/// own services; a call that carries neither is refused.
/// </summary>
public static class Caller
{
    /// <summary>Key of the tenant in <see cref="RequestContext"/>.</summary>
    public const string TenantKey = "slotwright.tenant";

    /// <summary>Key of the kind of caller.</summary>
    public const string OriginKey = "slotwright.origin";

    /// <summary>A page, feed or API call.</summary>
    public const string Web = "web";

    /// <summary>The silo's own services: dispatcher, demo, load programs.</summary>
    public const string System = "system";

    /// <summary>Calls that follow on this flow come from a page of the given account; null: no tenant is known yet.</summary>
    public static void FromWeb(int? accountId)
    {
        RequestContext.Set(OriginKey, Web);
        if (accountId is { } id)
        {
            RequestContext.Set(TenantKey, id);
        }
        else
        {
            RequestContext.Remove(TenantKey);
        }
    }

    /// <summary>Calls that follow on this flow are the platform's own.</summary>
    public static void FromSystem()
    {
        RequestContext.Set(OriginKey, System);
        RequestContext.Remove(TenantKey);
    }
}

/// <summary>A grain refused a call because of whose it is; shown as 404, never explained.</summary>
[GenerateSerializer, Alias("slotwright.foreign-tenant-exception")]
public sealed class ForeignTenantException : Exception
{
    public ForeignTenantException()
    {
    }

    public ForeignTenantException(string message)
        : base(message)
    {
    }

    public ForeignTenantException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
