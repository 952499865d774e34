using DistGan.Client.CommandLine;
using DistGan.Grains.Interfaces;
using DistGan.Recipes;

namespace DistGan.Client.Runs;

/// <summary>Where recipes come from: a file, a preset, a run folder.</summary>
public static class RecipeSource
{
    /// <summary>A recipe file, or a preset (the default one where neither is named), with overrides laid over it.</summary>
    /// <exception cref="InvalidRecipeException">The recipe is not valid.</exception>
    /// <exception cref="CommandException">There is no such file or preset.</exception>
    public static Recipe Build(string? file, string? preset, IReadOnlyList<string> overrides)
    {
        if (file is not null && preset is not null)
        {
            throw new CommandException(ExitCodes.Usage, $"Both the recipe {file} and --preset {preset} are given; give one, and change keys of it with --set.");
        }

        return RecipeReader.Apply(file is not null ? ReadFile(file) : ReadPreset(preset ?? Presets.Default), overrides);
    }

    /// <summary>The recipe of a run.</summary>
    public static Recipe OfRun(string runFolder) => ReadFile(Path.Combine(runFolder, RunFiles.Recipe));

    public static Recipe ReadPreset(string name)
    {
        try
        {
            return Presets.Get(name).Make();
        }
        catch (DistGanException exception)
        {
            throw new CommandException(ExitCodes.Usage, exception.Message, exception);
        }
    }

    private static Recipe ReadFile(string path)
    {
        if (Directory.Exists(path))
        {
            var hint = File.Exists(Path.Combine(path, RunFiles.Recipe)) ? $"take {Path.Combine(path, RunFiles.Recipe)}" : "name a recipe file";
            throw new CommandException(ExitCodes.Usage, $"'{path}' is a folder, but a recipe is a file; {hint}.");
        }

        try
        {
            return RecipeReader.ReadFile(path);
        }
        catch (DistGanException exception) when (exception is not InvalidRecipeException)
        {
            var missing = exception.InnerException is FileNotFoundException or DirectoryNotFoundException;
            throw new CommandException(missing ? ExitCodes.NotFound : ExitCodes.Usage, MissingHint(path, missing, exception.Message), exception);
        }
    }

    private static string MissingHint(string path, bool missing, string message)
        => missing && Presets.All.ContainsKey(path) ? $"{message} '{path}' is a preset: use --preset {path}." : message;
}
