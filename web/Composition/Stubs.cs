namespace Slotwright.Api
{
    public static class ApiStub
    {
        public static void AddApi(this IServiceCollection services, IConfiguration configuration) { }
        public static void MapApi(this WebApplication app) { }
    }
}

namespace Slotwright.Pages
{
    public static class PagesStub
    {
        public static void AddPages(this IServiceCollection services) { }
        public static void MapPages(this WebApplication app) { }
    }
}
