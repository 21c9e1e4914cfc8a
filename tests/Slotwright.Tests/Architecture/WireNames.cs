using System.Globalization;
using System.Reflection;

namespace Slotwright.Architecture;

/// <summary>Every name and number by which processes of different releases, and stored documents, understand each other.</summary>
internal static class WireNames
{
    // Grains call each other by a few interfaces of their own.
    private static readonly Type[] All = [.. typeof(Outcome<,>).Assembly.GetTypes(), .. typeof(Appointments.IAgendaStore).Assembly.GetTypes()];

    public static IReadOnlyList<Type> GrainInterfaces { get; } =
        [.. All.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IGrain)) && !type.IsAssignableTo(typeof(IGrainObserver)))];

    /// <summary>Methods of grains and of observers.</summary>
    public static IReadOnlyList<MethodInfo> Calls { get; } =
        [.. All.Where(type => type.IsInterface && type.IsAssignableTo(typeof(IAddressable))).SelectMany(type => type.GetMethods())];

    /// <summary>Everything serialised, enums and surrogates too.</summary>
    public static IReadOnlyList<Type> Contracts { get; } =
        [.. All.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];

    /// <summary>One line a name, sorted: what the manifest holds.</summary>
    public static IReadOnlyList<string> Lines() =>
        [.. Calls.Select(Line).Concat(Contracts.SelectMany(type => type.IsEnum ? Values(type) : Members(type))).Order(StringComparer.Ordinal)];

    public static uint? IdOf(MemberInfo member) => member.GetCustomAttribute<IdAttribute>(inherit: false)?.Id;

    private static string Line(MethodInfo call) =>
        $"{AliasOf(call.DeclaringType!)}/{AliasOf(call)} ({string.Join(", ", call.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) -> {Name(call.ReturnType)}";

    private static IEnumerable<string> Values(Type type) =>
        Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"{AliasOf(type)} = {value} {Enum.GetName(type, value)}"));

    private static List<string> Members(Type type)
    {
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => IdOf(member) is not null)
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{AliasOf(type)} [{IdOf(member)}] {member.Name}: {Name(TypeOf(member))}"))
            .ToList();
        return members.Count == 0 ? [AliasOf(type)] : members;
    }

    private static Type TypeOf(MemberInfo member) => member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType;

    /// <summary>The alias of ours, the plain name of others', so that moving a type to another namespace changes nothing.</summary>
    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }

        var name = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name;
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static string AliasOf(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? $"(no alias: {member.Name})";
}
