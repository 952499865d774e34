using DistGan.Architecture.Tests.Arrows;
using DistGan.Architecture.Tests.Sources;
using Mono.Cecil;

namespace DistGan.Architecture.Tests.Scalars;

/// <summary>
/// The library hands native code the address of a Scalar and lets go of the object: a collection within the call frees what is read
/// (decision 0109). So the rooms use scalars that are kept.
/// </summary>
public sealed class ScalarTests
{
    /// <summary>Makes the scalars that are kept.</summary>
    private const string Keeper = "DistGan.Training.Arithmetic.Scalars";

    /// <summary>TorchScript makes a Scalar of numbers alone, and the rooms give it tensors and flags.</summary>
    private const string TorchScript = "TorchSharp.torch/jit";

    private static readonly Lazy<ScalarMakers> Makers = new(static () => new ScalarMakers(Load("TorchSharp.dll")));

    /// <summary>bench is not among the assemblies that the tests build; its plain loops are what others would write.</summary>
    public static TheoryData<string> RoomsWithTensors
        => [.. Room.All.Where(static room => room.Name != "bench" && !room.Banned.Contains("TorchSharp")).Select(static room => room.Name)];

    [Theory]
    [MemberData(nameof(RoomsWithTensors))]
    public void Assembly_OfARoom_KeepsItsScalars(string name)
        => Offenders.None(
            "A Scalar lives while native code reads it, see Training/Arithmetic:",
            from type in ScalarMakers.TypesOf(Load($"{Room.Named(name).Assembly}.dll"))
            where Outermost(type).FullName != Keeper
            from method in type.Methods
            from place in ScalarMakers.Places(method)
            let called = place.Called
            where !called.DeclaringType.FullName.StartsWith(TorchScript, StringComparison.Ordinal)
            where called.DeclaringType.Scope.Name.StartsWith("TorchSharp", StringComparison.Ordinal) && Makers.Value.Makes(called)
            select $"{Outermost(type).FullName}.{method.Name} calls {Short(called)}, which makes a Scalar that may be freed while it is read: use {Instead(called)}.");

    [Theory]
    [InlineData("Tensor", "op_Addition", "Tensor", "Tensor")]
    [InlineData("Tensor", "op_Multiply", "Double", "Tensor")]
    [InlineData("Tensor", "op_Subtraction", "Scalar", "Tensor")]
    [InlineData("Tensor", "square")]
    [InlineData("Tensor", "softplus", "Double", "Double")]
    [InlineData("functional", "softplus", "Tensor", "Double", "Double")]
    [InlineData("TensorExtensionMethods", "ToSingle", "Tensor")]
    [InlineData("Scalar", "op_Implicit", "Int32")]
    [InlineData("optim", "AdamW", "IEnumerable`1", "Double", "Double", "Double", "Double", "Double", "Boolean", "Boolean")]
    public void Makes_AMemberThatMakesAScalar_IsSeen(string type, string name, params string[] parameters)
        => Assert.All(Members(type, name, parameters), member => Assert.True(Makers.Value.Makes(member), $"{member} makes a Scalar."));

    [Theory]
    [InlineData("Tensor", "op_Multiply", "Tensor", "Tensor")]
    [InlineData("Tensor", "op_Multiply", "Tensor", "Scalar")]
    [InlineData("Tensor", "op_Subtraction", "Tensor", "Scalar")]
    [InlineData("Tensor", "add", "Tensor", "Scalar")]
    [InlineData("Tensor", "pow", "Scalar")]
    [InlineData("Tensor", "item")]
    public void Makes_AMemberThatIsGivenItsScalars_IsNotSeen(string type, string name, params string[] parameters)
        => Assert.All(Members(type, name, parameters), member => Assert.False(Makers.Value.Makes(member), $"{member} makes no Scalar."));

    private static string Instead(MethodReference called) => called.Name switch
    {
        "op_Addition" or "add" => "Plus",
        "add_" => "AddInPlace",
        "square" => "Squared",
        "softplus" => "Softplus",
        "arange" => "Indices",
        "op_Subtraction" when called.Parameters[1].ParameterType.Name == "Tensor" => "Scalars.Of(number).Minus(x)",
        "op_Subtraction" or "op_Multiply" or "op_Division" or "op_Implicit" => "Scalars.Of(number)",
        "ToScalar" or "ToSingle" or "ToDouble" or "ToInt32" or "ToInt64" or "ToBoolean" => "item<T>()",
        _ => "a member that is given Scalars.Of(number)",
    };

    private static string Short(MethodReference called)
        => $"{called.DeclaringType.Name}.{called.Name}({string.Join(", ", called.Parameters.Select(static parameter => parameter.ParameterType.Name))})";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    /// <summary>The members of a type with parameters of these types, at least one.</summary>
    private static List<MethodDefinition> Members(string type, string name, string[] parameters)
    {
        var found = ScalarMakers.TypesOf(Load("TorchSharp.dll"))
            .Where(declaring => declaring.Name == type)
            .SelectMany(static declaring => declaring.Methods)
            .Where(method => method.Name == name && method.Parameters.Select(static parameter => parameter.ParameterType.Name).SequenceEqual(parameters))
            .ToList();
        Assert.NotEmpty(found);
        return found;
    }

    private static ModuleDefinition Load(string file) => ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, file));
}
