using Microsoft.Extensions.Hosting;

namespace Slotwright.Demo;

/// <summary>Section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Seeds the demo world once. Null: only in Development. Its passwords and keys are public, so Production refuses it.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Adds clients to the demo reseller and lets people book, move and cancel there now and then, so that its dashboard lives. Needs the demo world.</summary>
    public bool Traffic { get; set; }

    public bool IsOn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
