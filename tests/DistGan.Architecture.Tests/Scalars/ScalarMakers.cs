using Mono.Cecil;
using Mono.Cecil.Cil;

namespace DistGan.Architecture.Tests.Scalars;

/// <summary>
/// The members of TorchSharp that make a Scalar which nothing keeps while native code reads it: those that convert a number or a
/// tensor to one, those that call such a member, and those that make an object one of whose overrides does (an optimiser's step).
/// </summary>
internal sealed class ScalarMakers
{
    private const string Scalar = "TorchSharp.Scalar";

    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    public ScalarMakers(ModuleDefinition library)
    {
        var calls = TypesOf(library)
            .SelectMany(static type => type.Methods)
            .Where(static method => method.HasBody && method.DeclaringType.FullName != Scalar)
            .Select(static method => (Method: method, Calls: CallsOf(method).ToList()))
            .ToList();
        int found;
        do
        {
            found = _members.Count;
            var makers = calls.Where(pair => pair.Calls.Any(Makes)).Select(static pair => pair.Method).ToList();
            var made = makers.Where(IsOverride).SelectMany(static method => method.DeclaringType.Methods).Where(static method => method.IsConstructor);
            _members.UnionWith(makers.Concat(made).Select(Key));
        }
        while (_members.Count > found);
    }

    /// <summary>Types of a module, nested ones too.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module) => module.Types.SelectMany(WithNested);

    /// <summary>What a method calls, makes or takes the address of, each where it does so.</summary>
    public static IEnumerable<(Instruction At, MethodReference Called)> Places(MethodDefinition method)
        => method.HasBody ? method.Body.Instructions.Where(static at => at.Operand is MethodReference).Select(static at => (at, (MethodReference)at.Operand)) : [];

    /// <summary>Whether a call makes such a Scalar.</summary>
    public bool Makes(MethodReference called)
        => called.ReturnType.FullName == Scalar || (called.Name == ".ctor" && called.DeclaringType.FullName == Scalar) || _members.Contains(Key(called));

    private static IEnumerable<MethodReference> CallsOf(MethodDefinition method) => Places(method).Select(static place => place.Called);

    /// <summary>Of the tensor's own overrides only ToString makes scalars.</summary>
    private static bool IsOverride(MethodDefinition method)
        => method is { IsVirtual: true, IsReuseSlot: true } && method.DeclaringType.FullName is not "TorchSharp.torch/Tensor";

    /// <summary>A member as it was declared, without type arguments.</summary>
    private static string Key(MethodReference called)
    {
        var parameters = called.Parameters.Select(static parameter => parameter.ParameterType.IsGenericParameter ? "T" : parameter.ParameterType.FullName);
        return $"{called.DeclaringType.GetElementType().FullName}::{called.Name}({string.Join(", ", parameters)})";
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);
}
