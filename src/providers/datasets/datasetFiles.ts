/**
 * Which files the datasets are made of, and their hashes: of the official repositories at a fixed commit, as git names their
 * content, and of the files in a mirror folder.
 */

/** A file of a repository: its size, and the id that git gives its content. */
export interface OfficialFile {
	readonly bytes: number;
	/** SHA-1 of "blob <bytes>\0" and the content, hex. */
	readonly blob: string;
}

export interface OfficialSource {
	/** owner/name */
	readonly repository: string;
	readonly commit: string;
	readonly files: Readonly<Record<string, OfficialFile>>;
}

/** A folder below `FLEX_DATASETS`; hashes are SHA-256, hex. */
export interface MirrorSource {
	readonly folder: string;
	readonly files: Readonly<Record<string, string>>;
}

export const officialGsm8k: OfficialSource = {
	repository: 'openai/grade-school-math',
	commit: '3101c7d5072418e28b9008a6636bde82a006892c',
	files: {
		'grade_school_math/data/train.jsonl': { bytes: 4_166_206, blob: '7d97154b91aef28d01c3301741c81ce90039a4b1' },
		'grade_school_math/data/test.jsonl': { bytes: 749_738, blob: 'e4c2ff4942b9a78bd74f04141224c11e28d12dc9' },
	},
};

export const officialBbh: OfficialSource = {
	repository: 'suzgunmirac/BIG-Bench-Hard',
	commit: '9ee07bd481feebf959a6b59d61ea57bdcf30964d',
	files: {
		'bbh/boolean_expressions.json': { bytes: 17_172, blob: 'dd7b27ce8a8d36933abe1fd21a2cae6d94945e65' },
		'bbh/causal_judgement.json': { bytes: 202_943, blob: '7b6f3590a0c191244e5704e18d691d46268ac923' },
		'bbh/date_understanding.json': { bytes: 61_760, blob: 'a577c0c4335aeda00997df7438f133a448d7562e' },
		'bbh/disambiguation_qa.json': { bytes: 85_255, blob: 'd896cfe6b83a150d2904164e5424521f85bb0a3b' },
		'bbh/dyck_languages.json': { bytes: 43_814, blob: '2a507b4d952dd18e6af54e9e38509584b47f08cf' },
		'bbh/formal_fallacies.json': { bytes: 145_562, blob: 'f54e739fb41e1e0ad57b21b2cd61653465bb78fd' },
		'bbh/geometric_shapes.json': { bytes: 77_242, blob: '942400059e363f0bcc51cc6e7af1ebe3608784a4' },
		'bbh/hyperbaton.json': { bytes: 44_706, blob: 'f6667d70447e8cbd205ce713a6a8e9f2c7125dcd' },
		'bbh/logical_deduction_five_objects.json': { bytes: 155_477, blob: '936cd6d80db71aeacaea857c34f9af87e1c34964' },
		'bbh/logical_deduction_seven_objects.json': { bytes: 198_404, blob: '2bc3766619b76d9f4b379782b8c25d3e022025e8' },
		'bbh/logical_deduction_three_objects.json': { bytes: 112_213, blob: '8de29eba01188e46784a4b1ec63ade9b50a4548c' },
		'bbh/movie_recommendation.json': { bytes: 57_684, blob: '5d0663d31e3093b771228d5d053ed6a8189e817e' },
		'bbh/multistep_arithmetic_two.json': { bytes: 18_325, blob: '5d961d60f818c2df15342f4d20a3f07cf60caba1' },
		'bbh/navigate.json': { bytes: 55_163, blob: 'b806905501d90c4fc17f9305bd146e0666c0eb67' },
		'bbh/object_counting.json': { bytes: 35_890, blob: 'f94e49dd473e2e6a5b6be7da4cc9c9cf8c9da693' },
		'bbh/penguins_in_a_table.json': { bytes: 74_516, blob: 'ffbd369ebc7f9a9ff0f30d79bd4bb7f7148c2733' },
		'bbh/reasoning_about_colored_objects.json': { bytes: 98_694, blob: '6932218037910b5d48b703f3185e091403f4b920' },
		'bbh/ruin_names.json': { bytes: 53_178, blob: '4378a3f990475113a47ebe60a76f86143435c40e' },
		'bbh/salient_translation_error_detection.json': {
			bytes: 286_443,
			blob: 'a799e45882bf55347dbe6498d5c3d810e1ec4f2a',
		},
		'bbh/snarks.json': { bytes: 42_646, blob: 'b9775d7c565730d662a47825f323a2967633ac4a' },
		'bbh/sports_understanding.json': { bytes: 28_617, blob: 'fee025dac109be8810b918b0e027ff3cee277a9f' },
		'bbh/temporal_sequences.json': { bytes: 148_176, blob: 'd5a0ebdbd8227bbf6ae0073fc76d3b1dad5450f3' },
		'bbh/tracking_shuffled_objects_five_objects.json': {
			bytes: 169_722,
			blob: 'cfff515e5214bed7393f390235824c08259a41f7',
		},
		'bbh/tracking_shuffled_objects_seven_objects.json': {
			bytes: 214_906,
			blob: '145cd15c39004738898746b2c1ecbb6ee561c0bf',
		},
		'bbh/tracking_shuffled_objects_three_objects.json': {
			bytes: 128_736,
			blob: '116054a16e2f7148365a2ff6ee5e00e9206d2c52',
		},
		'bbh/web_of_lies.json': { bytes: 52_964, blob: 'ac9fa3b4bb872853a7b1ac7cbbebb1f8b02b8178' },
		'bbh/word_sorting.json': { bytes: 66_300, blob: '989074a25d153530fa5cce34c5d9a1d5080d644d' },
	},
};

export const officialMbxp: OfficialSource = {
	repository: 'amazon-science/mxeval',
	commit: 'e09974f990eeaf0c0e8f2b5eaff4be66effb2c86',
	files: {
		'data/mbxp/mbjsp_release_v1.2.jsonl': { bytes: 1_425_621, blob: '0e43ed8f4b89c801c2e581585a2c8b7fb61c859e' },
	},
};

export const officialHumanEvalX: OfficialSource = {
	repository: 'THUDM/CodeGeeX',
	commit: '2838420b7b4492cf3d16bce5320e26e65960c9e2',
	files: {
		'codegeex/benchmark/humaneval-x/js/data/humaneval_js.jsonl.gz': {
			bytes: 52_009,
			blob: 'a9d18c7e0a50cb9629bd4d54d225481203e3232b',
		},
	},
};

export const officialAime: OfficialSource = {
	repository: 'GenSI-THUAIR/FLEX',
	commit: 'b749fc351f81d834b71edb13bc7bc0e51cfdc15d',
	files: {
		'data/AIME/train.jsonl': { bytes: 14_361, blob: '1d4a2969b783b483c6109888cb4daa8b92a46bf5' },
		'data/AIME/test.jsonl': { bytes: 15_552, blob: '36979a77fa8f0435c5ca2cebda0ae039842938f8' },
	},
};

export const officialUspto50k: OfficialSource = {
	repository: 'GenSI-THUAIR/FLEX',
	commit: 'b749fc351f81d834b71edb13bc7bc0e51cfdc15d',
	files: {
		'data/uspto50k/train.jsonl': { bytes: 6_558, blob: '0fb48f99b67a03ba4e5e9927084977f8b64eeb14' },
		'data/uspto50k/test.jsonl': { bytes: 12_390, blob: 'ec1695d69325ccaefdf8bed42d5f5c260f181609' },
	},
};

export const mirrorGsm8k: MirrorSource = {
	folder: 'gsm8k',
	files: {
		'train.jsonl': '4d314155cb6e8e000381c51e7acaaf1a072cf2d0e02043b59c532d2fd228448a',
		'test.jsonl': 'a2180bdadb333c236d66b23fb8572907f9e3c74244b5b98d2c6b2ba6993a9029',
	},
};

export const mirrorBbh: MirrorSource = {
	folder: 'bbh',
	files: {
		'train.jsonl': '051f9e47c448a9e883da81404612531288f8408aa9046a7b04d45893e43fc842',
		'test.jsonl': 'f804d8e990cc50ddea7bdb97670c39d12ca9544a9ea716d320bb777b0c48c509',
	},
};

export const mirrorMbppJs: MirrorSource = {
	folder: 'mbpp-js',
	files: {
		'train.jsonl': '1c03fe3965bc9ac6e888e834d76143ce965e98c945dbb3155b6c0e856c65898c',
		'validation.jsonl': '6243d7a2b2874c4dcd9b83a869392bfd497ed7afd9474441f9dd4e95968068b5',
		'test.jsonl': '1260b207a7e243510c3c4770b793f63f7df48607e5a81562c8e49316ed42b776',
	},
};

export const mirrorHumanEvalJs: MirrorSource = {
	folder: 'humaneval-x-js',
	files: {
		'train.jsonl': '852348ebd01918c5f023bdf88e6a5058a24662ce4259f1b9ca7cee5500d77e5c',
		'test.jsonl': 'fa12ffcbc56bc18302de9072c9f1678388e5f039d1c4f87825299f4f6c419ba7',
	},
};

/** The official files (amazon-science/mxeval at the commit of `officialMbxp`) hold no solutions. */
export const mirrorHumanEvalTs: MirrorSource = {
	folder: 'humaneval-mx-ts',
	files: {
		'train.jsonl': 'c7ffc946233dec683cbc4d980bbe6b67d80647b10f7dfea8571762e256b6b858',
		'test.jsonl': 'a333cded7cdb7088be68f7beb89d2d1731869e1f4b68fe4557c6c8841d1a45b2',
	},
};

export const mirrorAime: MirrorSource = {
	folder: 'flex-aime',
	files: {
		'train.jsonl': 'b71fd25f1ab7bad56b22cd1f4a0fbea54d707db4d906694b71894f7291d1c0fd',
		'test.jsonl': 'ab1b98034b41ee499957309dd9ac495096529e232b3db84b0785fff24ceb4b3c',
	},
};

export const mirrorUspto50k: MirrorSource = {
	folder: 'flex-uspto50k',
	files: {
		'train.jsonl': '994f00a155da6381a01e4d14e84e18cd4a6a8ba271dadca15906659473421fc5',
		'test.jsonl': 'e83f6593c2983458855fa977cff4b9518d00df7ded11178dc82f2c0d191f5159',
	},
};

export const mirrorUspto50kClasses: MirrorSource = {
	folder: 'uspto50k',
	files: {
		'train_500.jsonl': 'e71c9397b775084ba8581a8fe3ddb4885e9001c79f975cc5d8a65e275358d1b5',
		'test_500.jsonl': '7b7a09ef0c9aaf7c275dec0a0cc5a96fea6c7c256caf8f504c9ffb983d6b2963',
	},
};
