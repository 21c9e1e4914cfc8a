using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

/// <summary>Templates: JSON by property name, as documents are. Add members, never rename them.</summary>
internal sealed partial class UpkeepStore
{
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web).ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public Task<IReadOnlyList<TemplateListing>> Templates(int resellerId) => database.Read<IReadOnlyList<TemplateListing>>(async connection =>
        await connection.All(
            "select id, name, made_at from client_templates where reseller_id = @reseller order by normalised, id",
            row => new TemplateListing { Id = row.GetInt32(0), Name = row.GetString(1), MadeAt = row.InstantAt(2) },
            ("reseller", resellerId)));

    public Task<ClientTemplate?> Template(int resellerId, int templateId) => database.Read(connection => connection.First(
        "select id, name, made_at, schema, document from client_templates where id = @id and reseller_id = @reseller",
        row => new ClientTemplate(
            new TemplateListing { Id = row.GetInt32(0), Name = row.GetString(1), MadeAt = row.InstantAt(2) }, Read(row.GetInt32(3), row.GetString(4))),
        ("id", templateId), ("reseller", resellerId)));

    public Task<Outcome<TemplateListing, TemplateRefusal>> SaveTemplate(NewTemplate template, int most) =>
        database.Write<Outcome<TemplateListing, TemplateRefusal>>(async connection =>
        {
            if (!await IsClient(connection, template.ResellerId, template.ClientId))
            {
                return TemplateRefusal.UnknownClient;
            }

            var id = await connection.Scalar(
                """
                insert into client_templates (reseller_id, name, normalised, schema, document, made_at)
                values (@reseller, @name, @normalised, @schema, @document, @now)
                on conflict (reseller_id, normalised) do nothing returning id
                """,
                ("reseller", template.ResellerId),
                ("name", template.Name),
                ("normalised", template.FoldedName),
                ("schema", Schema),
                ("document", JsonSerializer.Serialize(template.Content, Json)),
                ("now", template.Now));
            if (id is null)
            {
                return TemplateRefusal.NameTaken;
            }

            if (Convert.ToInt32(
                await connection.Scalar("select count(*) from client_templates where reseller_id = @reseller", ("reseller", template.ResellerId)),
                CultureInfo.InvariantCulture) > most)
            {
                await connection.Run("delete from client_templates where id = @id", ("id", id));
                return TemplateRefusal.TooMany;
            }

            return new TemplateListing { Id = Convert.ToInt32(id, CultureInfo.InvariantCulture), Name = template.Name, MadeAt = template.Now };
        });

    public Task<Outcome<TemplateListing, TemplateRefusal>> RenameTemplate(int resellerId, int templateId, string name, string foldedName) =>
        database.Write<Outcome<TemplateListing, TemplateRefusal>>(async connection =>
        {
            if (await connection.Scalar(
                "select id from client_templates where reseller_id = @reseller and normalised = @normalised and id <> @id",
                ("reseller", resellerId), ("normalised", foldedName), ("id", templateId)) is not null)
            {
                return TemplateRefusal.NameTaken;
            }

            var renamed = await connection.First(
                "update client_templates set name = @name, normalised = @normalised where id = @id and reseller_id = @reseller returning id, name, made_at",
                row => new TemplateListing { Id = row.GetInt32(0), Name = row.GetString(1), MadeAt = row.InstantAt(2) },
                ("name", name), ("normalised", foldedName), ("id", templateId), ("reseller", resellerId));
            return renamed is null ? TemplateRefusal.UnknownTemplate : renamed;
        });

    public Task DeleteTemplate(int resellerId, int templateId) => database.Write(connection => connection.Run(
        "delete from client_templates where id = @id and reseller_id = @reseller", ("id", templateId), ("reseller", resellerId)));

    private static TemplateContent Read(int schema, string document) => schema <= Schema
        ? JsonSerializer.Deserialize<TemplateContent>(document, Json)!
        : throw new InvalidDataException($"A template of schema {schema} was written by a newer version of this program.");
}
