using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary>
/// Data-protection keys in the database, sealed there, so that every node opens every node's cookies and forms. They are reached
/// through a grain: web has no SQL.
/// </summary>
internal static class SharedKeys
{
    public static void AddSharedKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("booking");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new GrainKeyRepository(provider.GetRequiredService<Grains>())));
    }

    // The framework asks synchronously, at start and when a key is due: never on the path of a booking.
    private sealed class GrainKeyRepository(Grains grains) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() =>
            [.. Task.Run(() => grains.KeyRing.Elements()).GetAwaiter().GetResult().Select(element => XElement.Parse(element))];

        public void StoreElement(XElement element, string friendlyName) =>
            Task.Run(() => grains.KeyRing.Store(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();
    }
}
