using EarlyWarning.Catalogue.States;
using EarlyWarning.Yaml;
using EarlyWarning.Yaml.Binding;

namespace EarlyWarning.Notification.Directory;

/// <summary>Reads a directory and checks all of it, so that every fault is reported at once.</summary>
internal sealed class DirectoryReader
{
    private readonly YamlReading _reading;
    private readonly ChannelReader _channels;
    private readonly Countries _countries;
    private readonly bool _exercise;
    private readonly Dictionary<string, IReadOnlyList<string>> _members = new(StringComparer.Ordinal);

    private DirectoryReader(YamlReading reading, bool exercise, Func<string, string?> environment)
    {
        (_reading, _exercise) = (reading, exercise);
        _channels = new(exercise, environment);
        _countries = Countries.For(exercise);
    }

    /// <summary>Reads a directory.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="file">Its name, for faults.</param>
    /// <param name="exercise">Refuses every destination but inbox and loopback.</param>
    /// <param name="environment">Reads the variables that <c>secret-env</c> names.</param>
    /// <exception cref="FaultyFileException">The file has faults.</exception>
    public static DirectoryListing Read(string text, string file, bool exercise, Func<string, string?> environment) =>
        YamlReading.Read(text, file, top =>
            new DirectoryReader(top.Reading, exercise, environment).Make(RecordForm.Read<DirectoryFile>(top))
        );

    private DirectoryListing Make(DirectoryFile file)
    {
        foreach (var (i, organisation) in file.Organisations.Index())
        {
            if (!_members.TryAdd(organisation.Short, Codes(organisation.Members, $"organisations[{i}].members")))
            {
                _reading.Add($"organisations[{i}].short", $"The organisation '{organisation.Short}' is there twice. Take one out.");
            }
        }

        List<DirectoryEntry> entries = [];
        foreach (var (i, recipient) in file.Recipients.Index())
        {
            var entry = EntryOf(recipient, $"recipients[{i}]", file.Tlp);
            if (entries.Exists(other => other.Recipient.Name == entry.Recipient.Name))
            {
                _reading.Add($"recipients[{i}].id", $"The id of '{entry.Recipient.Name}' is used twice. Give one of them another.");
            }
            else
            {
                entries.Add(entry);
            }
        }

        return new(entries, file.Tlp, _members);
    }

    private DirectoryEntry EntryOf(DirectoryFile.RecipientEntry given, string field, string standardTlp)
    {
        var channels = _channels.Read(given.Channels);
        var recipient = new V1.Recipient
        {
            Name = $"recipients/{given.Id}",
            DisplayName = given.Name,
            Role = given.Role,
            Organisation = given.Organisation,
            Countries = { Scope(given, field, Codes(given.Countries, $"{field}.countries")) },
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
        return new(recipient, given.Tlp ?? standardTlp, channels);
    }

    private IReadOnlyList<string> Scope(DirectoryFile.RecipientEntry given, string field, IReadOnlyList<string> countries)
    {
        if (given.Role == V1.Role.RegionalOrganisation)
        {
            if (countries.Count > 0)
            {
                _reading.Add($"{field}.countries", "A regional organisation answers for its member States. Leave 'countries' out.");
            }

            if (given.Organisation.Length == 0)
            {
                _reading.Add(field, "'organisation' is missing: the short name of one in 'organisations'.");
            }
            else if (!_members.ContainsKey(given.Organisation))
            {
                _reading.Add(
                    $"{field}.organisation",
                    $"The organisation '{given.Organisation}' is not in 'organisations'. "
                        + $"{KnownWords.Offer(given.Organisation, _members.Keys)}"
                );
            }

            return _members.GetValueOrDefault(given.Organisation, []);
        }

        if (given.Organisation.Length > 0)
        {
            _reading.Add($"{field}.organisation", "'organisation' belongs to the role regional-organisation only. Leave it out.");
        }
        else if (given.Role is V1.Role.FocalPoint or V1.Role.CompetentAuthority && countries.Count == 0)
        {
            _reading.Add(field, "'countries' must name the State that this role belongs to.");
        }

        return countries;
    }

    private IReadOnlyList<string> Codes(IReadOnlyList<string> given, string field)
    {
        foreach (var (i, code) in given.Index().Where(one => !_countries.TryGet(one.Item, out _)))
        {
            _reading.Add(
                $"{field}[{i}]",
                $"'{code}' is not the ISO 3166-1 alpha-3 code of a country that {(_exercise ? "an exercise" : "the suite")} knows."
            );
        }

        return [.. given.Distinct(StringComparer.Ordinal)];
    }
}
