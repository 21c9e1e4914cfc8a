using NodaTime;

namespace Slotwright.Accounts;

/// <summary>The rows of brands' pictures.</summary>
public interface IPictureStore
{
    Task Add(int accountId, BrandPictureKind kind, string name, BrandPicture picture, Instant now);

    Task<BrandPicture?> Find(int accountId, string name);

    Task Remove(int accountId, string name);
}
