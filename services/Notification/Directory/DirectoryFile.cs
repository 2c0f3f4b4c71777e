using System.ComponentModel.DataAnnotations;
using EarlyWarning.Yaml;

namespace EarlyWarning.Notification.Directory;

/// <summary>The file of the directory, as it is written.</summary>
internal sealed class DirectoryFile
{
    /// <summary>The form of an id.</summary>
    public const string IdPattern = "[a-z][a-z0-9-]{0,59}";

    /// <summary>The form of an id, in words.</summary>
    public const string IdForm = "An id has 1 to 60 of a-z, 0-9 and hyphen, and starts with a letter.";

    private const string TlpForm = "Write TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN or TLP:CLEAR.";

    [AllowedValues("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR", ErrorMessage = TlpForm)]
    public string Tlp { get; init; } = DirectoryListing.DefaultTlp;

    public IReadOnlyList<OrganisationEntry> Organisations { get; init; } = [];

    public IReadOnlyList<RecipientEntry> Recipients { get; init; } = [];

    /// <summary>A regional organisation and its member States.</summary>
    internal sealed class OrganisationEntry
    {
        public required string Short { get; init; } = "";

        public required string Name { get; init; } = "";

        [MinLength(1, ErrorMessage = "Name the member States.")]
        public required IReadOnlyList<string> Members { get; init; } = [];
    }

    /// <summary>Who is told.</summary>
    internal sealed class RecipientEntry
    {
        [RegularExpression(IdPattern, ErrorMessage = IdForm)]
        public required string Id { get; init; } = "";

        public required string Name { get; init; } = "";

        public required V1.Role Role { get; init; }

        public IReadOnlyList<string> Countries { get; init; } = [];

        public string Organisation { get; init; } = "";

        [AllowedValues("TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR", ErrorMessage = TlpForm)]
        public string? Tlp { get; init; }

        /// <summary>Each the word <c>inbox</c>, or a mapping with <c>webhook</c>.</summary>
        [MinLength(1, ErrorMessage = "Give at least one of inbox and webhook.")]
        public required IReadOnlyList<YamlValue> Channels { get; init; } = [];
    }
}
