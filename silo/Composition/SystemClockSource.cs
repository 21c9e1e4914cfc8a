using NodaTime;

namespace Slotwright.Composition;

/// <summary>The one place where the machine's clock enters; everything else is given it.</summary>
public static class SystemClockSource
{
#pragma warning disable RS0030 // This is the composition that the ban points to.
    public static IClock Instance => SystemClock.Instance;
#pragma warning restore RS0030
}
