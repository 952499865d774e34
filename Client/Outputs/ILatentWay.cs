using System.Text.Json.Nodes;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Client.Outputs;

/// <summary>What <c>interpolate</c> shows: latents that change from frame to frame.</summary>
internal interface ILatentWay
{
    /// <summary>Rows of a picture.</summary>
    int Rows { get; }

    /// <summary>Samples in each row of a frame.</summary>
    int Columns { get; }

    /// <summary>Frames.</summary>
    int Frames { get; }

    /// <summary>Latents [rows · columns, width] of each frame, row after row; the caller disposes them.</summary>
    IReadOnlyList<torch.Tensor> Latents(TrainedGenerator generator);

    /// <summary>Adds what it is to a document.</summary>
    void AddTo(JsonObject document);

    /// <summary>What a person has to know of the picture, beside its name; null where it needs no word.</summary>
    string? Legend { get; }
}
