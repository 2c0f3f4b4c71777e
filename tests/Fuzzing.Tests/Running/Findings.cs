using System.Security.Cryptography;

namespace EarlyWarning.Fuzzing.Tests.Running;

/// <summary>The folder of findings: for each the input, and a text that says what is wrong and which command repeats it.</summary>
/// <param name="folder">Where it is.</param>
internal sealed class Findings(string folder)
{
    public string Folder => folder;

    /// <summary>Writes one and gives the input's path.</summary>
    public string Write(string target, Finding finding)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(finding.Input))[..12];
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, target)).FullName, name);
        File.WriteAllBytes(path, finding.Input);
        File.WriteAllText(
            path + ".txt",
            $"""
            {finding.Kind}
            {finding.Fault}

            bash tests/fuzz.sh {target} --input {path}

            """
        );
        return path;
    }
}
