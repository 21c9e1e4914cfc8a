using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Slotwright.Composition;

/// <summary>Where the data lies when nobody said: <c>data</c> beside the solution when run from sources, else beside the program.</summary>
public static class StorageDirectory
{
    public static void SetDefault(IConfigurationManager configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        if (string.IsNullOrWhiteSpace(configuration["Storage:Directory"]))
        {
            configuration["Storage:Directory"] = Default(environment.ContentRootPath);
        }
    }

    private static string Default(string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            {
                return Path.Combine(folder.FullName, "data");
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "data");
    }
}
