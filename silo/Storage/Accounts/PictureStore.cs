using NodaTime;
using Slotwright.Accounts;

namespace Slotwright.Storage.Accounts;

internal sealed class PictureStore(IDatabase database) : IPictureStore
{
    public Task Add(int accountId, BrandPictureKind kind, string name, BrandPicture picture, Instant now) => database.Write(connection => connection.Run(
        "insert into pictures (name, account_id, kind, content_type, bytes, made_at) values (@name, @account, @kind, @type, @bytes, @now)",
        ("name", name),
        ("account", accountId),
        ("kind", kind),
        ("type", picture.ContentType),
        ("bytes", picture.Bytes),
        ("now", now)));

    public Task<BrandPicture?> Find(int accountId, string name) => database.Read(connection => connection.First(
        "select content_type, bytes from pictures where name = @name and account_id = @account",
        row => new BrandPicture { ContentType = row.GetString(0), Bytes = (byte[])row.GetValue(1) },
        ("name", name), ("account", accountId)));

    public Task Remove(int accountId, string name) => database.Write(connection => connection.Run(
        "delete from pictures where name = @name and account_id = @account", ("name", name), ("account", accountId)));
}
