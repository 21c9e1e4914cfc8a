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

    /// <summary>
    /// After all that adds data protection: it would read the keys while the host starts, before a silo can answer. The first form or
    /// cookie reads them.
    /// </summary>
    public static void ReadKeysWhenNeeded(this IServiceCollection services)
    {
        foreach (var eager in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(eager);
        }
    }

    // The framework asks synchronously, for the first form and when a key is due: never on the path of a booking by API.
    private sealed class GrainKeyRepository(Grains grains) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() =>
            [.. Task.Run(() => grains.KeyRing.Elements()).GetAwaiter().GetResult().Select(element => XElement.Parse(element))];

        public void StoreElement(XElement element, string friendlyName) =>
            Task.Run(() => grains.KeyRing.Store(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();
    }
}
