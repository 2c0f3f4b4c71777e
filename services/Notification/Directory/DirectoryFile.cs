using System.Text.RegularExpressions;
using EarlyWarning.Catalogue.States;
using YamlDotNet.RepresentationModel;
using static EarlyWarning.Notification.Directory.YamlDocumentReader;

namespace EarlyWarning.Notification.Directory;

/// <summary>Reads a directory file and checks all of it, so that every fault is reported at once.</summary>
internal sealed partial class DirectoryFile
{
    /// <summary>The form of an id, in words.</summary>
    public const string IdForm = "1 to 60 of a-z, 0-9 and hyphen, starting with a letter";

    private static readonly string[] s_labels = ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"];

    private readonly YamlDocumentReader _yaml;
    private readonly ChannelSection _channels;
    private readonly Countries _countries;
    private readonly bool _exercise;
    private readonly Dictionary<string, IReadOnlyList<string>> _members = new(StringComparer.Ordinal);

    private DirectoryFile(string file, bool exercise, Func<string, string?> environment)
    {
        _yaml = new(file);
        _channels = new(_yaml, exercise, environment);
        _exercise = exercise;
        _countries = Countries.For(exercise);
    }

    /// <summary>Reads a directory.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="file">Its name, for faults.</param>
    /// <param name="exercise">Refuses every destination but inbox and loopback.</param>
    /// <param name="environment">Reads the variables that <c>secret-env</c> names.</param>
    /// <exception cref="DirectoryFileException">The file has faults.</exception>
    public static DirectoryListing Parse(string text, string file, bool exercise, Func<string, string?> environment)
    {
        var reader = new DirectoryFile(file, exercise, environment);
        var listing = reader.Read(text);
        return reader._yaml.Faults.Count == 0 ? listing : throw new DirectoryFileException(reader._yaml.Faults);
    }

    private DirectoryListing Read(string text)
    {
        if (_yaml.Load(text) is not { } root || _yaml.Mapping(root, "file", "tlp", "organisations", "recipients") is not { } file)
        {
            return DirectoryListing.Empty;
        }

        var tlp = Label(file, "", DirectoryListing.DefaultTlp);
        foreach (var (node, path) in _yaml.Items(file, "organisations", ""))
        {
            ReadOrganisation(node, path);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<DirectoryEntry>();
        foreach (var (node, path) in _yaml.Items(file, "recipients", ""))
        {
            if (ReadRecipient(node, path, tlp) is not { } entry)
            {
                continue;
            }

            if (names.Add(entry.Recipient.Name))
            {
                entries.Add(entry);
            }
            else
            {
                _yaml.Fault(node, path, $"the id of '{entry.Recipient.Name}' is used twice.");
            }
        }

        return new(entries, tlp, _members);
    }

    private void ReadOrganisation(YamlNode node, string path)
    {
        if (_yaml.Mapping(node, path, "short", "name", "members") is not { } organisation)
        {
            return;
        }

        var name = _yaml.Text(organisation, "short", node, path);
        _ = _yaml.Text(organisation, "name", node, path);
        var members = Codes(organisation, "members", path);
        if (members.Count == 0)
        {
            _yaml.Fault(node, path, "'members' must name its member States.");
        }

        if (!_members.TryAdd(name, members))
        {
            _yaml.Fault(node, path, $"the organisation '{name}' is there twice.");
        }
    }

    private DirectoryEntry? ReadRecipient(YamlNode node, string path, string standardTlp)
    {
        if (_yaml.Mapping(node, path, "id", "name", "role", "countries", "organisation", "tlp", "channels") is not { } recipient)
        {
            return null;
        }

        var id = _yaml.Text(recipient, "id", node, path);
        if (id.Length > 0 && !Id().IsMatch(id))
        {
            _yaml.Fault(recipient["id"], $"{path}.id", $"must be {IdForm}.");
        }

        var role = Role(recipient, node, path);
        var organisation = _yaml.Text(recipient, "organisation", node, path, required: role == V1.Role.RegionalOrganisation);
        var countries = CheckScope(node, path, role, organisation, Codes(recipient, "countries", path));
        var channels = _channels.Read(recipient, node, path);
        var result = new V1.Recipient
        {
            Name = $"recipients/{id}",
            DisplayName = _yaml.Text(recipient, "name", node, path),
            Role = role,
            Organisation = organisation,
            Countries = { countries },
            Channels =
            {
                channels.Select(c => new V1.Channel
                {
                    Id = c.Id,
                    Kind = c.Kind,
                    Destination = c.Shown,
                }),
            },
        };
        return new(result, Label(recipient, path, standardTlp), channels);
    }

    private IReadOnlyList<string> CheckScope(YamlNode node, string path, V1.Role role, string organisation, List<string> countries)
    {
        if (role == V1.Role.RegionalOrganisation)
        {
            if (countries.Count > 0)
            {
                _yaml.Fault(node, path, "a regional organisation answers for its member States; leave 'countries' out.");
            }

            if (organisation.Length > 0 && !_members.ContainsKey(organisation))
            {
                _yaml.Fault(node, path, $"the organisation '{organisation}' is not in 'organisations'.");
            }

            return _members.GetValueOrDefault(organisation, []);
        }

        if (organisation.Length > 0)
        {
            _yaml.Fault(node, path, "'organisation' belongs to the role regional_organisation only.");
        }
        else if (role is V1.Role.FocalPoint or V1.Role.CompetentAuthority && countries.Count == 0)
        {
            _yaml.Fault(node, path, "'countries' must name the State that this role belongs to.");
        }

        return countries;
    }

    private V1.Role Role(IReadOnlyDictionary<string, YamlNode> recipient, YamlNode node, string path)
    {
        var text = _yaml.Text(recipient, "role", node, path);
        if (!RoleNames.TryParse(text, out var role) && text.Length > 0)
        {
            _yaml.Fault(recipient["role"], $"{path}.role", $"'{text}' is not one of {RoleNames.All}.");
        }

        return role;
    }

    private List<string> Codes(IReadOnlyDictionary<string, YamlNode> mapping, string key, string parent)
    {
        var codes = new List<string>();
        foreach (var (node, path) in _yaml.Items(mapping, key, parent))
        {
            var code = _yaml.Scalar(node, path);
            if (code.Length > 0 && !_countries.TryGet(code, out _))
            {
                _yaml.Fault(
                    node,
                    path,
                    $"'{code}' is not the ISO 3166-1 alpha-3 code of a country that {(_exercise ? "an exercise" : "the suite")} knows."
                );
            }
            else if (!codes.Contains(code))
            {
                codes.Add(code);
            }
        }

        return codes;
    }

    private string Label(IReadOnlyDictionary<string, YamlNode> mapping, string parent, string standard)
    {
        if (!mapping.TryGetValue("tlp", out var node))
        {
            return standard;
        }

        var label = _yaml.Scalar(node, Join(parent, "tlp"));
        if (!s_labels.Contains(label))
        {
            _yaml.Fault(node, Join(parent, "tlp"), $"'{label}' is not one of {string.Join(", ", s_labels)}.");
        }

        return label;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    internal static partial Regex Id();
}
