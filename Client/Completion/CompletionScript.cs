namespace DistGan.Client.Completion;

/// <summary>What a shell is told, once: it asks the program itself for every word.</summary>
internal static class CompletionScript
{
    /// <summary>The shells that are known.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of one of <see cref="Shells"/>.</summary>
    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "Not one of the shells."),
    };

    private const string Bash = """
        # For ~/.bashrc:  source <(distgan completion bash)
        _distgan() {
            local IFS=$'\n'
            COMPREPLY=($("${COMP_WORDS[0]}" complete --position "$COMP_POINT" "$COMP_LINE" 2>/dev/null))
            if [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
            return 0
        }
        complete -o default -F _distgan distgan
        """;

    private const string Zsh = """
        # For ~/.zshrc, behind compinit:  source <(distgan completion zsh)
        _distgan() {
            local -a found
            found=("${(@f)$("${words[1]}" complete "${(j: :)words[1,CURRENT-1]} $PREFIX" 2>/dev/null)}")
            if [[ -n ${found[1]} ]]; then compadd -S '' -- "${(@M)found:#*=}"; compadd -- "${(@)found:#*=}"; else _files; fi
        }
        compdef _distgan distgan
        """;

    private const string Fish = """
        # For ~/.config/fish/config.fish:  distgan completion fish | source
        function __distgan_complete
            set -l line (commandline -cp)
            set -l found (distgan complete "$line" 2>/dev/null)
            if set -q found[1]
                printf '%s\n' $found
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c distgan -f -a '(__distgan_complete)'
        """;

    private const string PowerShell = """
        # For $PROFILE:  distgan completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName distgan -ScriptBlock {
            param($word, $line, $position)
            distgan complete --position ($position - $line.Extent.StartOffset) "$line" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;
}
