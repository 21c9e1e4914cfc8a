using System.Diagnostics.Metrics;

namespace Slotwright.Storage;

/// <summary>What the writer does, for whoever watches: meter <c>Slotwright</c>.</summary>
internal sealed class WriterMeters : IDisposable
{
    private readonly Meter meter = new("Slotwright");
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> commitMilliseconds;

    public WriterMeters(Func<int> queueLength)
    {
        batchSize = meter.CreateHistogram<int>("slotwright.writer.batch_size", "{write}", "Writes that shared one commit.");
        commitMilliseconds = meter.CreateHistogram<double>("slotwright.writer.commit_time", "ms", "From the first statement of a batch to its commit.");
        meter.CreateObservableGauge("slotwright.writer.queue_length", queueLength, "{write}", "Writes that wait for their batch.");
    }

    public void Committed(int writes, TimeSpan took)
    {
        batchSize.Record(writes);
        commitMilliseconds.Record(took.TotalMilliseconds);
    }

    public void Dispose() => meter.Dispose();
}
