using System.Runtime.InteropServices;
using DistGan.Recipes;
using DistGan.Training.Links;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;

namespace DistGan.Training.Techniques.Discriminators;

/// <summary>Everything that is of a discriminator and not of its place: θ, β, and what its optimiser remembers, which is of θ's length.</summary>
internal static class DiscriminatorMoving
{
    /// <summary>A copy of a discriminator.</summary>
    public static MovedDiscriminator Pack(PlayerModel model)
    {
        var vectors = Vectors(model);
        var numbers = new float[vectors.Sum(static vector => (int)vector.numel())];
        var at = 0;
        foreach (var vector in vectors)
        {
            VectorBytes.CopyTo(vector, numbers.AsSpan(at, (int)vector.numel()));
            at += (int)vector.numel();
        }

        return new(model.Optimizer.Updates, numbers);
    }

    /// <summary>Whether all its numbers are finite.</summary>
    public static bool IsFinite(MovedDiscriminator moved)
    {
        foreach (var number in moved.Numbers.Span)
        {
            if (!float.IsFinite(number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts another one into the place of a discriminator; its learning rate stays.</summary>
    /// <exception cref="DistGanException">It is a discriminator of another recipe.</exception>
    public static void Unpack(PlayerModel model, MovedDiscriminator moved)
    {
        var vectors = Vectors(model);
        var length = vectors.Sum(static vector => (int)vector.numel());
        if (moved.Numbers.Length != length)
        {
            throw new DistGanException($"A discriminator of {moved.Numbers.Length} numbers came from another replica, expected {length}: all replicas of a job must have the same recipe.");
        }

        var at = 0;
        foreach (var vector in vectors)
        {
            VectorBytes.Load(vector, MemoryMarshal.AsBytes(moved.Numbers.Slice(at, (int)vector.numel()).Span));
            at += (int)vector.numel();
        }

        model.Optimizer.Updates = moved.Updates;
        model.Parameters.Refresh();
    }

    private static torch.Tensor[] Vectors(PlayerModel model)
        => [model.Parameters.Values, model.Buffers.Values, .. model.Optimizer.State.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Value)];
}
