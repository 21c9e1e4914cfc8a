using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Slotwright.Appointments;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>
/// Carries what this silo has committed to the dashboards of those whose clients it happened at. Commits only put it down and go on; what has
/// gathered meanwhile leaves as one message per reseller.
/// </summary>
internal sealed partial class CommitNews(IDashboardStore store, IGrainFactory grains, TimeProvider time, ILogger<CommitNews> log) : BackgroundService, ICommitNews
{
    private const int MostWaiting = 16_384;
    private const int MostKnown = 20_000;

    /// <summary>Between two messages, so that many commits are few messages; the first leaves at once.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// How long it is believed whose client an account is. Who is believed to be one and is none is dropped by the dashboard, which reads the
    /// rows; of a client that was attached meanwhile the dashboard learns from its rows too.
    /// </summary>
    private static readonly TimeSpan RelationLifetime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    // When nobody can keep up, what is dropped is noticed by the agendas' versions.
    private readonly Channel<AgendaWrite> waiting =
        Channel.CreateBounded<AgendaWrite>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<int, (int? ResellerId, long At)> relations = [];

    public void Tell(AgendaWrite write) => waiting.Writer.TryWrite(write);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Caller.FromSystem();
        var batch = new List<AgendaWrite>();
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < MostWaiting && waiting.Reader.TryRead(out var write))
                {
                    batch.Add(write);
                }

                try
                {
                    await Send(batch);
                    await Task.Delay(Pause, time, stoppingToken);
                }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    Unsent(log, fault, batch.Count);
                    await Task.Delay(PauseAfterFault, time, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Send(List<AgendaWrite> batch)
    {
        var unknown = batch.Select(write => write.Appointment.AccountId).Distinct()
            .Where(id => !relations.TryGetValue(id, out var known) || time.GetElapsedTime(known.At) > RelationLifetime).ToList();
        if (unknown.Count > 0)
        {
            if (relations.Count > MostKnown)
            {
                relations.Clear();
            }

            var found = await store.ResellersOf(unknown);
            var now = time.GetTimestamp();
            unknown.ForEach(id => relations[id] = (found.TryGetValue(id, out var reseller) ? reseller : null, now));
        }

        foreach (var news in batch.GroupBy(write => relations.GetValueOrDefault(write.Appointment.AccountId).ResellerId))
        {
            if (news.Key is { } reseller)
            {
                await grains.DashboardNews(reseller).Happened(
                    [.. news.Select(ClientEvents.Of).OfType<ClientEvent>()], [.. news.Select(write => write.Appointment.AccountId).Distinct()]);
            }
        }
    }

    [LoggerMessage(EventId = 3131, Level = LogLevel.Warning, Message = "News of {Writes} changes did not reach the dashboards")]
    private static partial void Unsent(ILogger log, Exception fault, int writes);
}
