using System.Reflection;
using Slotwright.Tenancy;

namespace Slotwright.Architecture;

/// <summary>What crosses the grains' boundary carries frozen names, and says whose it is.</summary>
public sealed class ContractTests
{
    private static readonly Type[] Marks =
        [typeof(TenantGrainAttribute), typeof(ResellerGrainAttribute), typeof(SystemGrainAttribute), typeof(EntranceGrainAttribute)];

    [Fact]
    public void A_grain_interface_is_marked_exactly_once()
    {
        var doubtful = WireNames.GrainInterfaces.Where(type => Marks.Count(mark => type.IsDefined(mark, inherit: false)) != 1);

        Assert.Empty(doubtful);
    }

    [Fact]
    public void A_grain_interface_and_its_methods_have_aliases()
    {
        var nameless = WireNames.GrainInterfaces.Where(type => Alias(type) is null).Select(type => type.FullName)
            .Concat(WireNames.Calls.Where(call => Alias(call) is null).Select(call => $"{call.DeclaringType}.{call.Name}"));

        Assert.Empty(nameless);
    }

    [Fact]
    public void A_grain_class_has_a_name_of_its_own()
    {
        // Stored documents and the cluster's directory know a grain by it.
        var grains = typeof(Appointments.IAgendaStore).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Grain)));

        Assert.DoesNotContain(grains, type => !type.IsDefined(typeof(GrainTypeAttribute), inherit: false));
    }

    [Fact]
    public void A_contract_type_has_an_alias()
    {
        Assert.DoesNotContain(WireNames.Contracts, type => Alias(type) is null);
    }

    [Fact]
    public void No_alias_is_given_twice()
    {
        var types = WireNames.Contracts.Concat(WireNames.GrainInterfaces).GroupBy(Alias).Where(group => group.Count() > 1).Select(group => group.Key);
        var calls = WireNames.Calls.GroupBy(call => (call.DeclaringType, Alias(call))).Where(group => group.Count() > 1).Select(group => $"{group.Key}");

        Assert.Empty(types.Concat(calls));
    }

    [Fact]
    public void Every_stored_member_of_a_contract_has_an_id_of_its_own()
    {
        var members = WireNames.Contracts.Where(type => !type.IsEnum && !type.IsAssignableTo(typeof(Exception))).SelectMany(type =>
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(property => property.CanWrite || WireNames.IdOf(property) is not null)
                .Cast<MemberInfo>()
                .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)));

        Assert.Empty(members.Where(member => WireNames.IdOf(member) is null).Select(member => $"{member.DeclaringType}.{member.Name}"));
        Assert.Empty(members.GroupBy(member => (member.DeclaringType, WireNames.IdOf(member))).Where(group => group.Count() > 1).Select(group => $"{group.Key}"));
    }

    [Fact]
    public void Every_type_that_a_grain_call_carries_is_a_contract()
    {
        var strangers = WireNames.Calls
            .SelectMany(call => call.GetParameters().Select(parameter => parameter.ParameterType).Append(call.ReturnType))
            .SelectMany(Parts)
            .Where(type => type.Assembly == typeof(Outcome<,>).Assembly && !type.IsInterface && !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

        Assert.Empty(strangers.Distinct());
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : type.HasElementType ? Parts(type.GetElementType()!)
        : [type];

    private static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;
}
