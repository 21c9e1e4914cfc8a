using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Slotwright.Demo;
using Slotwright.Platform;

namespace Slotwright.Composition;

/// <summary>Says on the console what is served and, in the demo world, how to get in.</summary>
internal sealed class Announcement(
    IServer server,
    IServiceProvider services,
    IOptions<PlatformOptions> platform,
    IOptions<DemoOptions> demo,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? platform.Value.BaseUrl;
        if (services.GetService<DemoSeeded>() is not { } seeded || !environment.IsDevelopment() || !demo.Value.IsOn(environment))
        {
            Console.WriteLine($"{platform.Value.Name} serves {address}");
            return;
        }

        await seeded.Completion.WaitAsync(stoppingToken);
        Console.WriteLine($"""

            {platform.Value.Name} serves {address}
              book      {address}/schedule/corner-barber     a reseller's client, in French
                        {address}/schedule/petite-table      two schedules, free plan, in Dutch
                        {address}/schedule/harbour-yoga      a regular account, in English
              sign in   {address}/signin     owner@corner-barber.example   demo-corner-barber
                        (likewise owner@petite-table.example, owner@harbour-yoga.example, owner@atelier-web.example)
              API       {address}/openapi/v1.json     Basic corner-barber : demo-corner-barber-key
              mail      {address}/dev/mail
            """);
    }
}
