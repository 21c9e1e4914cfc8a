using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Slotwright.Mail
{
    public static class MailStub
    {
        public static void AddMail(this IServiceCollection services, IConfiguration configuration)
        {
        }
    }
}

namespace Slotwright.Storage
{
    public sealed class Verification { public static Task<int> Run(TextWriter o) => Task.FromResult(0); }
    public sealed class Backup { public static Task<int> Run(string f, TextWriter o) => Task.FromResult(0); }
    public sealed class Restoration { public static Task<int> Run(string f, bool force, TextWriter o) => Task.FromResult(0); }
}
