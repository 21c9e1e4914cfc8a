using System.Xml.Linq;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Slotwright.Processes;

namespace Slotwright.Architecture;

/// <summary>The arrows between the projects: web → grain-interfaces ← grains ← silo, and web → silo in web/Composition alone.</summary>
public sealed class ReferenceTests
{
    private static readonly System.Reflection.Assembly Contracts = typeof(Outcome<,>).Assembly;
    private static readonly System.Reflection.Assembly Grains = typeof(Appointments.IAgendaStore).Assembly;
    private static readonly System.Reflection.Assembly Silo = typeof(Storage.IDatabase).Assembly;
    private static readonly System.Reflection.Assembly Web = System.Reflection.Assembly.Load("Slotwright.Web");

    private static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader().LoadAssemblies(Contracts, Grains, Silo, Web).Build();

    [Theory]
    [InlineData("grain-interfaces/Slotwright.GrainInterfaces.csproj")]
    [InlineData("grains/Slotwright.Grains.csproj", "Slotwright.GrainInterfaces")]
    [InlineData("silo/Slotwright.Silo.csproj", "Slotwright.Grains")]
    [InlineData("web/Slotwright.Web.csproj", "Slotwright.GrainInterfaces", "Slotwright.Silo")]
    public void A_project_refers_to_its_neighbours_alone(string project, params string[] neighbours)
    {
        var file = XDocument.Load(Path.Combine(ProductProcess.Sources, project));

        var referred = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(neighbours.Order(StringComparer.Ordinal), referred.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Grains_know_neither_silo_nor_web_nor_a_database()
    {
        string[] strangers = ["Slotwright.Silo", "Slotwright.Web", .. Databases, "MailKit", "Scriban", "Microsoft.AspNetCore"];

        var known = Grains.GetReferencedAssemblies().Concat(Contracts.GetReferencedAssemblies()).Select(assembly => assembly.Name!);

        Assert.DoesNotContain(known, name => strangers.Any(stranger => name.StartsWith(stranger, StringComparison.Ordinal)));
    }

    [Fact]
    public void Web_touches_silo_and_grains_in_Composition_alone()
    {
        Assert.Equal("", Strays(target => IsOf(target, Silo) || IsOf(target, Grains)));
    }

    [Fact]
    public void Web_has_no_database()
    {
        // It may recognise a database's fault that came through the grains, which is no more than a kind of exception.
        Assert.Equal("", Strays(target =>
            target.FullName != "System.Data.Common.DbException"
            && Databases.Any(database => target.FullName.StartsWith(database + ".", StringComparison.Ordinal))));
    }

    private static string[] Databases => ["Dapper", "Npgsql", "Microsoft.Data.Sqlite", "System.Data"];

    /// <summary>Types of web outside Composition that use a type they should not, one "who → whom" a line.</summary>
    private static string Strays(Func<IType, bool> forbidden)
    {
        var strays =
            from type in Product.Types
            where IsOf(type, Web) && type.Namespace.FullName is not "Slotwright.Composition"
            from dependency in type.Dependencies
            where forbidden(dependency.Target)
            select $"{type.FullName} → {dependency.Target.FullName}";
        return string.Join('\n', strays.Distinct().Order(StringComparer.Ordinal));
    }

    private static bool IsOf(IType type, System.Reflection.Assembly assembly) => type.Assembly?.Name.Split(',')[0] == assembly.GetName().Name;
}
