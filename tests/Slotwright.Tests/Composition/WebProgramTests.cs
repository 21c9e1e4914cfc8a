using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Slotwright.Platform;

namespace Slotwright.Composition;

public sealed class WebProgramTests
{
    [Fact]
    public async Task A_trace_carries_the_route_and_neither_token_nor_query()
    {
        var ended = new ConcurrentQueue<Activity>();
        await using (var product = await Product.Start(
            builder => builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new Keep(ended))),
            "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9"))
        {
            using var managed = await product.Http.GetAsync("/schedule/corner-barber/appointments/5/0a1b2c3d4e5f-token?done=secret-query", TestContext.Current.CancellationToken);
            using var absent = await product.Http.GetAsync("/nowhere/0a1b2c3d4e5f-token", TestContext.Current.CancellationToken);
            using var page = await product.Http.GetAsync("/signin?return=secret-query", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        var tags = ended.SelectMany(activity => activity.TagObjects).Select(tag => $"{tag.Key}={tag.Value}").Concat(ended.Select(activity => activity.DisplayName)).ToList();
        Assert.Contains(tags, tag => tag.StartsWith("url.path=", StringComparison.Ordinal) && tag.Contains("signin", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(tags, tag => tag.Contains("0a1b2c3d4e5f", StringComparison.Ordinal) || tag.Contains("secret-query", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_normal_start_logs_no_error_and_the_keys_still_open_what_they_sealed()
    {
        var errors = new ConcurrentQueue<string>();
        await using var product = await Product.Start(builder => builder.Logging.AddProvider(new Errors(errors)));

        var protector = product.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

        Assert.Equal("kept", protector.Unprotect(protector.Protect("kept")));
        Assert.Empty(errors);
        Assert.DoesNotContain(
            product.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>(), service => service.GetType().Name.Contains("DataProtection", StringComparison.Ordinal));
    }

    public static TheoryData<Exception> Faults { get; } = [new StorageUnavailableException(), new StaleAgendaException(), new IOException(), new TimeoutException()];

    [Theory, MemberData(nameof(Faults))]
    public async Task Whatever_the_check_fails_with_this_node_is_not_ready(Exception fault)
    {
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<IOutgoingGrainCallFilter>(new FailingHealth(fault)));

        using var answer = await product.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private sealed class FailingHealth(Exception fault) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) =>
            context.InterfaceMethod.DeclaringType == typeof(IHealthGrain) ? Task.FromException(fault) : context.Invoke();
    }

    private sealed class Keep(ConcurrentQueue<Activity> ended) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => ended.Enqueue(data);
    }

    private sealed class Errors(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
