using Microsoft.Extensions.Hosting;

namespace Slotwright.Demo;

/// <summary>Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Seeds the demo world once. Null: only in Development. Its passwords and keys are public, so Production refuses it.</summary>
    public bool? Enabled { get; set; }

    public bool IsOn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
