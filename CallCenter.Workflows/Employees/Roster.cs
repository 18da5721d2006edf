using CallCenter.Durable.Settings;
using CallCenter.Workflows.Mail;

namespace CallCenter.Workflows.Employees;

/// <summary>The employees that cases may be assigned to, and what must hold for them.</summary>
public static class Roster
{
    /// <summary>The longest id, in characters.</summary>
    public const int LongestId = 64;

    /// <summary>The longest name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>How many employees the settings may have.</summary>
    public const int Most = 1000;

    /// <summary>Made-up employees at <c>example.com</c>, which belongs to nobody: with them a program runs before anybody is configured.</summary>
    public static IReadOnlyList<Employee> Example { get; } =
    [
        new("1", "Alex Kim", "alex.kim@example.com"),
        new("2", "Robin Silva", "robin.silva@example.com"),
        new("3", "Sam Weber", "sam.weber@example.com"),
    ];

    /// <summary>The employees of the settings; where there are none, <see cref="Example"/>.</summary>
    /// <exception cref="InvalidSettingException">One cannot be used, two have the same id, or their numbers do not follow each other from 0.</exception>
    public static IReadOnlyList<Employee> Read(SettingsReader settings)
    {
        var employees = new List<Employee>();
        for (var place = 0; place < Most; place++)
        {
            string? Part(string name) => settings.Text($"Employees:{place}:{name}");
            var (id, name, email) = (Part("Id"), Part("Name"), Part("Email"));
            if ((id ?? name ?? email) is null)
                continue;
            if (employees.Count < place)
            {
                throw new InvalidSettingException(
                    $"There are settings under CallCenter:Employees:{place}, but none under CallCenter:Employees:{employees.Count}. " +
                    "Number the employees 0, 1, 2 and so on.");
            }
            employees.Add(new(id!, name!, email!));
        }
        try
        {
            if (employees.Count > 0)
                Check(employees);
        }
        catch (ArgumentException wrong)
        {
            throw new InvalidSettingException(wrong.Message);
        }
        return employees.Count > 0 ? employees : Example;
    }

    /// <summary>Checks a whole roster.</summary>
    /// <param name="employees">In the order of the settings <c>CallCenter:Employees:0</c>, <c>:1</c> and so on.</param>
    /// <exception cref="ArgumentException">
    /// There are none, one cannot be used, or two have the same id; the message names the setting and says what would be right.
    /// </exception>
    public static void Check(IReadOnlyList<Employee> employees)
    {
        ArgumentNullException.ThrowIfNull(employees);
        if (employees.Count == 0)
            throw new ArgumentException("There are no employees. Set CallCenter:Employees:0:Id, :Name and :Email.");
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < employees.Count; place++)
        {
            Check(employees[place], place);
            if (!places.TryAdd(employees[place].Id, place))
            {
                throw new ArgumentException(
                    $"The settings CallCenter:Employees:{places[employees[place].Id]}:Id and CallCenter:Employees:{place}:Id are both '{employees[place].Id}'. "
                    + "Every employee needs an id of its own.");
            }
        }
    }

    private static void Check(Employee employee, int place)
    {
        if (!IsText(employee.Id, LongestId))
            throw Wrong("Id", employee.Id, $"1 to {LongestId} characters, not blank and without control characters");
        if (!IsText(employee.Name, LongestName))
            throw Wrong("Name", employee.Name, $"1 to {LongestName} characters, not blank and without control characters");
        if (!MailAddresses.IsAddress(employee.Email))
            throw Wrong("Email", employee.Email, MailAddresses.Wanted);

        ArgumentException Wrong(string property, string? value, string wanted) =>
            new($"The setting CallCenter:Employees:{place}:{property} is '{PlainText.OneLine(value)}'. It must be {wanted}.");
    }

    // A lone surrogate is no text: neither a database nor a mail can hold it.
    private static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && PlainText.OneLine(text) == text;
}
